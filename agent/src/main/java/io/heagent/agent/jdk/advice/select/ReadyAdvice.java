package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/**
 * Woven into {@code SocketChannelImpl.translateReadyOps(int, int, SelectionKeyImpl)}, by which a
 * selector asks whether the events of a descriptor make its key ready. If the agent hides the event
 * from the program, the method is skipped and so returns false, which is not ready.
 */
final class ReadyAdvice {

  private ReadyAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(
      @Advice.This Object channel,
      @Advice.Argument(0) int ops,
      @Advice.Argument(1) int initialOps,
      @Advice.Argument(2) Object key) {
    return HeSelect.isSwallowed(channel, ops, initialOps, key);
  }
}
