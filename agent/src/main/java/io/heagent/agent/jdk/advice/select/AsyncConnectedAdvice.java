package io.heagent.agent.jdk.advice.select;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeSelect;

/**
 * Woven into {@code UnixAsynchronousSocketChannelImpl.setConnected()}, which the JDK calls when a
 * connect of an asynchronous channel has succeeded. If the channel's race has failed, the agent
 * throws that failure here.
 */
final class AsyncConnectedAdvice {

  private AsyncConnectedAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object channel) throws IOException {
    HeSelect.asyncConnected(channel);
  }
}
