package io.heagent.agent.netty.advice;

import java.nio.channels.HeNetty;
import net.bytebuddy.asm.Advice;

/** Woven into {@code Native.epollCtlAdd(int, int, int)} and {@code epollCtlMod(int, int, int)}. */
final class ControlAdvice {

  private ControlAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) int epoll,
      @Advice.Argument(1) int number,
      @Advice.Argument(2) int events) {
    HeNetty.control(epoll, number, events);
  }
}
