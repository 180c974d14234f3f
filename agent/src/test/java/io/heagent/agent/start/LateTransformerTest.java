package io.heagent.agent.start;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.call.RacingClients;
import org.junit.jupiter.api.Test;

class LateTransformerTest {

  /** What it dismisses is never compared with the names themselves. */
  @Test
  void dismissesNoRacingClient() {
    for (String name : RacingClients.NAMES) {
      assertTrue(LateTransformer.mayBeRacer(name), name);
      assertTrue(LateTransformer.mayBeRacer(name.replace('.', '/')), name);
    }
  }

  @Test
  void dismissesOthers() {
    assertFalse(LateTransformer.mayBeRacer("java/lang/String"));
    assertFalse(LateTransformer.mayBeRacer("io/netty/channel/Channel"));
    assertFalse(LateTransformer.mayBeRacer("com/sun/net/httpserver/HttpServer"));
    assertFalse(LateTransformer.mayBeRacer("i"));
    assertFalse(LateTransformer.mayBeRacer("org/example/Main"));
  }
}
