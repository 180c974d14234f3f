package io.heagent.agent.jdk.advice;

import java.net.InetSocketAddress;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into the constructor of {@code ConnectionPool.CacheKey} of the JDK's HttpClient. It puts
 * the host's name into the key of a plain connection, so that two names with the same first address
 * do not share a connection that a race has made to another address of one of them.
 */
final class PoolKeyAdvice {

  private PoolKeyAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) boolean secure,
      @Advice.Argument(value = 1, readOnly = false) InetSocketAddress destination) {
    // The JDK itself compares the names in the keys of secure connections.
    if (!secure) {
      destination = HeHook.poolKey(destination);
    }
  }
}
