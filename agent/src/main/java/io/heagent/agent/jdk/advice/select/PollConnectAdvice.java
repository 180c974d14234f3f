package io.heagent.agent.jdk.advice.select;

import java.io.FileDescriptor;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeSelect;

/**
 * Woven into {@code Net.pollConnectNow(FileDescriptor)}, by which {@code finishConnect} asks
 * whether a non-blocking connect has succeeded. If the channel races, the agent answers instead, or
 * throws the outcome of the race, and the method is skipped.
 */
final class PollConnectAdvice {

  private PollConnectAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static int enter(@Advice.Argument(0) FileDescriptor fd) throws IOException {
    return HeSelect.pollConnect(fd);
  }

  @Advice.OnMethodExit
  static void exit(@Advice.Enter int raced, @Advice.Return(readOnly = false) boolean connected) {
    if (raced != HeHook.PROCEED) {
      connected = raced == HeHook.CONNECTED;
    }
  }
}
