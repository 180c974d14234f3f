package io.heagent.agent.jdk;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/** {@code implCloseSelectableChannel()} and {@code implClose()}: a channel is being closed. */
final class CloseAdvice {

  private CloseAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object channel) {
    HeHook.closing(channel);
  }
}
