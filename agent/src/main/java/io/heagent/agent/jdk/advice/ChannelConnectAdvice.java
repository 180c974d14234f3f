package io.heagent.agent.jdk.advice;

import java.io.IOException;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into {@code SocketChannelImpl.connect(SocketAddress)}. Tells the agent when a connect of a
 * channel, blocking or not, begins and ends, and has the JDK go on with the address that the agent
 * chooses.
 */
final class ChannelConnectAdvice {

  private ChannelConnectAdvice() {}

  @Advice.OnMethodEnter
  static Object enter(
      @Advice.This Object self, @Advice.Argument(value = 0, readOnly = false) SocketAddress remote)
      throws IOException {
    Object call = HeHook.begin(self, remote);
    if (call != null) {
      remote = HeHook.remote(call, remote);
    }
    return call;
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(@Advice.Enter Object call) {
    if (call != null) {
      HeHook.end(call);
    }
  }
}
