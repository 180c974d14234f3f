package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/** {@code SelectionKeyImpl.translateInterestOps()}: skipped, it gives 0, no interest. */
final class InterestAdvice {

  private InterestAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(@Advice.This Object key) {
    return HeSelect.isHeld(key);
  }
}
