package io.heagent.agent.jdk.advice;

import java.net.InetAddress;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/** {@code InetAddress.getAddressesFromNameService}: every look-up past the JDK's cache. */
final class LookedUpAdvice {

  private LookedUpAdvice() {}

  @Advice.OnMethodExit
  static void exit(@Advice.Argument(0) String host, @Advice.Return InetAddress[] found) {
    HeHook.lookedUp(host, found);
  }
}
