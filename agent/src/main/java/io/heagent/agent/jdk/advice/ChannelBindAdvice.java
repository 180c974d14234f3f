package io.heagent.agent.jdk.advice;

import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * {@code SocketChannelImpl.bind(SocketAddress)} and {@code AsynchronousSocketChannelImpl}'s, for
 * the same reason as {@link SocketBindAdvice}.
 */
final class ChannelBindAdvice {

  private ChannelBindAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object self, @Advice.Argument(0) SocketAddress local) {
    HeHook.bind(self, local);
  }
}
