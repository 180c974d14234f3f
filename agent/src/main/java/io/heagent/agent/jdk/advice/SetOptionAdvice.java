package io.heagent.agent.jdk.advice;

import java.net.SocketOption;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/**
 * Woven into {@code Net.setSocketOption(FileDescriptor, ProtocolFamily, SocketOption, Object)},
 * through which the JDK sets every option of every socket. Tells the agent which options programs
 * use, so that a race carries only those over to another socket.
 */
final class SetOptionAdvice {

  private SetOptionAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(2) SocketOption<?> option) {
    HeHook.optionSet(option);
  }
}
