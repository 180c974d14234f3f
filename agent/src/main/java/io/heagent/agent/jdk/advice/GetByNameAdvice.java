package io.heagent.agent.jdk.advice;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into {@code InetAddress.getByName(String)}, which {@code new InetSocketAddress(host, port)}
 * calls, if the settings say {@code resolve=fast}. If the agent finds an address, the JDK's own
 * look-up is skipped and this address is returned.
 */
final class GetByNameAdvice {

  private GetByNameAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static InetAddress enter(@Advice.Argument(0) String host) throws UnknownHostException {
    return HeHook.lookUp(host);
  }

  @Advice.OnMethodExit
  static void exit(
      @Advice.Enter InetAddress early, @Advice.Return(readOnly = false) InetAddress address) {
    if (early != null) {
      address = early;
    }
  }
}
