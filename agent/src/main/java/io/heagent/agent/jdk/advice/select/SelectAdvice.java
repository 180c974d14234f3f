package io.heagent.agent.jdk.advice.select;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/**
 * {@code doSelect(Consumer, long)} of a selector: below every select of the JDK, with the
 * selector's locks held.
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
