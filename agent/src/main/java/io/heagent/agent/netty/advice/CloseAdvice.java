package io.heagent.agent.netty.advice;

import java.nio.channels.HeNetty;
import net.bytebuddy.asm.Advice;

/** Woven into {@code FileDescriptor.close()}. */
final class CloseAdvice {

  private CloseAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.This Object descriptor, @Advice.FieldValue("fd") int number) {
    HeNetty.closing(descriptor, number);
  }
}
