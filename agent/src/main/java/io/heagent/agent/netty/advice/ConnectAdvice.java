package io.heagent.agent.netty.advice;

import java.net.SocketAddress;
import java.nio.channels.HeNetty;
import net.bytebuddy.asm.Advice;

/** Woven into {@code AbstractEpollChannel.doConnect(SocketAddress, SocketAddress)}. */
final class ConnectAdvice {

  private ConnectAdvice() {}

  @Advice.OnMethodEnter
  static Object enter(
      @Advice.This Object channel,
      @Advice.FieldValue("socket") Object socket,
      @Advice.Argument(0) SocketAddress remote,
      @Advice.Argument(1) SocketAddress local) {
    return HeNetty.begin(channel, socket, remote, local);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(@Advice.Enter Object call) {
    if (call != null) {
      HeNetty.end(call);
    }
  }
}
