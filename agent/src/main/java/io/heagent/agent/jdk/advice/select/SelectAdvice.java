package io.heagent.agent.jdk.advice.select;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/**
 * Woven into {@code doSelect(Consumer, long)} of each kind of selector. Every select of a program
 * ends up there, with the selector's locks held. Tells the agent when a select begins. When it
 * ends, the agent may make further passes, so that the program does not see a select that a race
 * has ended. A start of 0 means that no channel was racing when the select began.
 */
final class SelectAdvice {

  private SelectAdvice() {}

  @Advice.OnMethodEnter
  static long enter(@Advice.This Object selector) {
    return HeSelect.selecting(selector);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(
      @Advice.This Object selector,
      @Advice.Argument(0) Consumer<SelectionKey> action,
      @Advice.Argument(1) long timeout,
      @Advice.Enter long start,
      @Advice.Return(readOnly = false) int selected,
      @Advice.Thrown Throwable failure)
      throws IOException {
    if (start != 0 && failure != null) {
      HeSelect.selectFailed();
    } else if (failure == null && (start != 0 || selected == 0)) {
      selected = HeSelect.selected(selector, action, timeout, start, selected);
    }
  }
}
