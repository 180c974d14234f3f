package io.heagent.agent.jdk.advice;

import java.net.InetAddress;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into {@code InetAddress.getAddressesFromNameService}, which the JDK calls for every name
 * that its cache does not have. Tells the agent the addresses that were found, so that a race need
 * not look them up again.
 */
final class LookedUpAdvice {

  private LookedUpAdvice() {}

  @Advice.OnMethodExit
  static void exit(@Advice.Argument(0) String host, @Advice.Return InetAddress[] found) {
    HeHook.lookedUp(host, found);
  }
}
