package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/** {@code clearInterrupt()} of a selector: it has consumed a wake-up. */
final class WokenUpAdvice {

  private WokenUpAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object selector) {
    HeSelect.wokenUp(selector);
  }
}
