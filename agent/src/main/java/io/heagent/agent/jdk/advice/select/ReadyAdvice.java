package io.heagent.agent.jdk.advice.select;

import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/**
 * {@code SocketChannelImpl.translateReadyOps(int, int, SelectionKeyImpl)}: skipped, it gives false.
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
