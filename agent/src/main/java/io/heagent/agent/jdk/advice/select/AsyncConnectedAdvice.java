package io.heagent.agent.jdk.advice.select;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/** {@code UnixAsynchronousSocketChannelImpl.setConnected()}. */
final class AsyncConnectedAdvice {

  private AsyncConnectedAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object channel) throws IOException {
    HeSelect.asyncConnected(channel);
  }
}
