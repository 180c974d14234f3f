package io.heagent.agent.jdk.advice;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/** {@code InetAddress.getByName(String)}; {@code new InetSocketAddress(host, port)} calls it. */
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
