package io.heagent.agent.jdk.advice;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into {@code NioSocketImpl.bind(InetAddress, int)}. Tells the agent when the program binds a
 * socket to port 0, that is to any port. Once a socket is bound, the JDK no longer knows whether
 * the program or the system has chosen its port; a socket with a port of the program's choice is
 * not raced.
 */
final class SocketBindAdvice {

  private SocketBindAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object self, @Advice.Argument(1) int port) {
    HeHook.bind(self, port);
  }
}
