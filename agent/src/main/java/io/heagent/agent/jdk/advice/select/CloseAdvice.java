package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/**
 * Woven into {@code SocketChannelImpl.implCloseSelectableChannel()} and {@code
 * UnixAsynchronousSocketChannelImpl.implClose()}. Tells the agent that the program closes a
 * channel, before its descriptor is closed, so that the channel's race ends first.
 */
final class CloseAdvice {

  private CloseAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object channel) {
    HeSelect.closing(channel);
  }
}
