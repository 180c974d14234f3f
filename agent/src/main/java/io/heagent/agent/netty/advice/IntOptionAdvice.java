package io.heagent.agent.netty.advice;

import java.nio.channels.HeNetty;
import net.bytebuddy.asm.Advice;

/** Woven into {@code Socket.setIntOpt(int, int, int)}. */
final class IntOptionAdvice {

  private IntOptionAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) int level, @Advice.Argument(1) int number) {
    HeNetty.option(level, number, true);
  }
}
