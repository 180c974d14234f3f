package io.heagent.agent.jdk.advice;

import java.io.IOException;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into {@code SocketChannelImpl.blockingConnect(SocketAddress, long)}, which carries out
 * {@code channel.socket().connect(address, timeout)}. Tells the agent when such a connect begins
 * and ends, and has the JDK go on with the address that the agent chooses.
 */
final class AdaptorConnectAdvice {

  private AdaptorConnectAdvice() {}

  @Advice.OnMethodEnter
  static Object enter(
      @Advice.This Object self,
      @Advice.Argument(value = 0, readOnly = false) SocketAddress remote,
      @Advice.Argument(1) long nanos)
      throws IOException {
    Object call = HeHook.begin(self, remote, nanos);
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
