package io.heagent.agent.netty.advice;

import java.nio.channels.HeNetty;
import net.bytebuddy.asm.Advice;

/**
 * {@code AbstractEpollUnsafe.epollRdHupReady()} and {@code EpollStreamUnsafe.epollInReady()}: a
 * connect that fails comes as these events too, in the same breath, and Netty would close.
 */
final class EventAdvice {

  private EventAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(@Advice.FieldValue("this$0") Object channel) {
    return HeNetty.isHeld(channel);
  }
}
