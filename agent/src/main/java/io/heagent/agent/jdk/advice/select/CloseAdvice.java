package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/** {@code implCloseSelectableChannel()} and {@code implClose()}: a channel is being closed. */
final class CloseAdvice {

  private CloseAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object channel) {
    HeSelect.closing(channel);
  }
}
