package io.heagent.agent.jdk.advice;

import java.io.IOException;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into {@code UnixAsynchronousSocketChannelImpl.implConnect(SocketAddress, Object,
 * CompletionHandler)}, which begins the connect of an asynchronous channel. Tells the agent when
 * that method begins and ends, and has the JDK go on with the address that the agent chooses.
 */
final class AsyncConnectAdvice {

  private AsyncConnectAdvice() {}

  @Advice.OnMethodEnter
  static Object enter(
      @Advice.This Object self, @Advice.Argument(value = 0, readOnly = false) SocketAddress remote)
      throws IOException {
    Object call = HeHook.beginAsync(self, remote);
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
