package io.heagent.agent.jdk.advice;

import java.net.InetSocketAddress;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/** The constructor of {@code ConnectionPool.CacheKey} of the JDK's HttpClient. */
final class PoolKeyAdvice {

  private PoolKeyAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) boolean secure,
      @Advice.Argument(value = 1, readOnly = false) InetSocketAddress destination) {
    // Secure keys compare names themselves, by what the address says.
    if (!secure) {
      destination = HeHook.poolKey(destination);
    }
  }
}
