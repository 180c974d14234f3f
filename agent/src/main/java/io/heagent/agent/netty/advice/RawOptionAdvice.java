package io.heagent.agent.netty.advice;

import java.nio.channels.HeNetty;
import net.bytebuddy.asm.Advice;

/** Woven into {@code Socket.setRawOpt(int, int, ByteBuffer)}. */
final class RawOptionAdvice {

  private RawOptionAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) int level, @Advice.Argument(1) int number) {
    HeNetty.option(level, number, false);
  }
}
