package io.heagent.agent.netty.advice;

import java.nio.channels.HeNetty;
import net.bytebuddy.asm.Advice;

/** Woven into {@code Socket.connect(SocketAddress)}. */
final class SocketConnectAdvice {

  private SocketConnectAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(@Advice.This Object socket) {
    return HeNetty.connect(socket);
  }
}
