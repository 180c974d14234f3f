package io.heagent.agent.netty.advice;

import java.io.IOException;
import java.nio.channels.HeNetty;
import net.bytebuddy.asm.Advice;

/**
 * Woven into {@code Socket.finishConnect()}. If the method is skipped, it returns false: the
 * connect has no outcome yet.
 */
final class FinishConnectAdvice {

  private FinishConnectAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(@Advice.This Object socket, @Advice.FieldValue("fd") int number)
      throws IOException {
    return HeNetty.finishConnect(socket, number);
  }
}
