package io.heagent.agent.jdk;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/** {@code clearInterrupt()} of a selector: it has consumed a wake-up. */
final class WokenUpAdvice {

  private WokenUpAdvice() {}

  @Advice.OnMethodEnter
  static void enter() {
    HeHook.wokenUp();
  }
}
