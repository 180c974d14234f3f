package io.heagent.agent.jdk.advice;

import java.net.SocketOption;
import net.bytebuddy.asm.Advice;
import sun.nio.ch.HeHook;

/** {@code Net.setSocketOption(FileDescriptor, ProtocolFamily, SocketOption, Object)}. */
final class SetOptionAdvice {

  private SetOptionAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(2) SocketOption<?> option) {
    HeHook.optionSet(option);
  }
}
