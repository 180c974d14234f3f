package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/**
 * Woven into {@code SelectionKeyImpl.translateInterestOps()}, by which a selector asks what to
 * register for a key. While the channel's race goes on elsewhere, the method is skipped and so
 * returns 0, which is no interest in any event.
 */
final class InterestAdvice {

  private InterestAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(@Advice.This Object key) {
    return HeSelect.isHeld(key);
  }
}
