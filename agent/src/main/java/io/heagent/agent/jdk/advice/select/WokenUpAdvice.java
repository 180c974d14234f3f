package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/**
 * Woven into {@code clearInterrupt()} of each kind of selector, which the selector calls when it
 * has consumed a wake-up. Tells the agent, because the wake-up may be the agent's own or the
 * program's.
 */
final class WokenUpAdvice {

  private WokenUpAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object selector) {
    HeSelect.wokenUp(selector);
  }
}
