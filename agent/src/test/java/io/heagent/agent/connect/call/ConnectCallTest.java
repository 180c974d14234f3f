package io.heagent.agent.connect.call;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.Calls;
import org.junit.jupiter.api.Test;

/** The phases of a connect, which only follow each other. */
class ConnectCallTest {
  private final ConnectCall call = Calls.to("192.0.2.1").call();

  @Test
  void aConnectIsRacedFromItsRaceOnAndDetachedLast() {
    assertFalse(call.isRaced());
    assertFalse(call.isDetached());
    call.race();
    assertTrue(call.isRaced());
    assertFalse(call.isDetached());
    call.detach();
    assertTrue(call.isRaced());
    assertTrue(call.isDetached());
  }

  @Test
  void noPhaseIsLeftOutOrComesTwice() {
    assertThrows(IllegalStateException.class, call::detach);
    call.race();
    assertThrows(IllegalStateException.class, call::race);
    call.detach();
    assertThrows(IllegalStateException.class, call::detach);
  }
}
