package io.heagent.agent.netty.advice;

import java.nio.channels.HeNetty;
import net.bytebuddy.asm.Advice;

/**
 * Woven into {@code AbstractEpollUnsafe.epollRdHupReady()} and {@code
 * EpollStreamUnsafe.epollInReady()}. A connect that fails makes these events together with the one
 * that Netty waits for, and Netty would close the channel.
 */
final class EventAdvice {

  private EventAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(@Advice.FieldValue("this$0") Object channel) {
    return HeNetty.isHeld(channel);
  }
}
