package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/**
 * Woven into {@code UnixAsynchronousSocketChannelImpl.onEvent(int, boolean)}, which the channel's
 * group calls when the descriptor has an event. While the channel races, the agent hides events
 * that are not the outcome of the race, and the method is skipped.
 */
final class AsyncEventAdvice {

  private AsyncEventAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(@Advice.This Object channel, @Advice.Argument(0) int events) {
    return HeSelect.isAsyncSwallowed(channel, events);
  }
}
