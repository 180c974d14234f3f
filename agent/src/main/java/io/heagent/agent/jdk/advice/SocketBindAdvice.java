package io.heagent.agent.jdk.advice;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * {@code NioSocketImpl.bind(InetAddress, int)}: afterwards nobody can tell port 0 from a fixed one.
 */
final class SocketBindAdvice {

  private SocketBindAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object self, @Advice.Argument(1) int port) {
    HeHook.bind(self, port);
  }
}
