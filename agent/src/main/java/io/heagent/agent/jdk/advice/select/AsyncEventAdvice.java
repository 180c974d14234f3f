package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/** {@code UnixAsynchronousSocketChannelImpl.onEvent(int, boolean)}. */
final class AsyncEventAdvice {

  private AsyncEventAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(@Advice.This Object channel, @Advice.Argument(0) int events) {
    return HeSelect.isAsyncSwallowed(channel, events);
  }
}
