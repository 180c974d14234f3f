package io.heagent.agent.jdk.advice;

import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into {@code SocketChannelImpl.bind(SocketAddress)} and {@code
 * AsynchronousSocketChannelImpl.bind(SocketAddress)}. Tells the agent the address that the program
 * binds its channel to, for the reason that {@link SocketBindAdvice} gives.
 */
final class ChannelBindAdvice {

  private ChannelBindAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object self, @Advice.Argument(0) SocketAddress local) {
    HeHook.bind(self, local);
  }
}
