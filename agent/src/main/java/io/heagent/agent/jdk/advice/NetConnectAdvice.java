package io.heagent.agent.jdk.advice;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into {@code Net.connect(ProtocolFamily, FileDescriptor, InetAddress, int)}, through which
 * the JDK makes every native connect. Here the race of a blocking connect runs, and that of a
 * channel begins, in place of the native connect, which then is skipped.
 */
final class NetConnectAdvice {

  private NetConnectAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static int enter(
      @Advice.Argument(0) ProtocolFamily family,
      @Advice.Argument(1) FileDescriptor fd,
      @Advice.Argument(2) InetAddress remote,
      @Advice.Argument(3) int port)
      throws IOException {
    return HeHook.connect(family, fd, remote, port);
  }

  @Advice.OnMethodExit
  static void exit(@Advice.Enter int raced, @Advice.Return(readOnly = false) int connected) {
    if (raced != HeHook.PROCEED) {
      connected = raced;
    }
  }
}
