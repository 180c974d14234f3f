package io.heagent.agent.connect.blocking;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.candidates.PendingLookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Races on the connecting thread whose siblings are still being looked up. */
class BlockingRaceWaitsTest {

  /** A thread in poll(2) cannot be woken: it looks whether there are any every 5 ms. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void siblingsAreDialledWhenTheLookUpHasThem(Form form) {
    BlockingRig rig = new BlockingRig(form, A).accepts(B, 30).looksUp(300, A, B);
    assertEquals("330 connected to " + B, rig.run());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void siblingsKnownInTimeAreDialledAfterTheDelay(Form form) {
    BlockingRig rig = new BlockingRig(form, A).accepts(B, 30).looksUp(130, A, B);
    assertEquals("280 connected to " + B, rig.run());
  }

  /**
   * The race waits for the Resolution Delay and one delay. Then the program is told of the refusal.
   */
  @ParameterizedTest
  @EnumSource
  void lookUpThatHangsKeepsARefusalForSoLong(Form form) {
    BlockingRig rig = new BlockingRig(form, A).refuses(A, 20).looksUp(-1);
    assertEquals("320 ConnectException: Connection refused", rig.run());
  }

  @ParameterizedTest
  @EnumSource
  void refusalIsToldOnceThereAreNoSiblings(Form form) {
    BlockingRig rig = new BlockingRig(form, A).refuses(A, 20).looksUp(100, A);
    assertEquals("100 ConnectException: Connection refused", rig.run());
  }

  /** A look-up that hangs does not make the race give up an address that is silent. */
  @ParameterizedTest
  @EnumSource
  void silentAddressIsWaitedForWhateverTheLookUpDoes(Form form) {
    BlockingRig rig = new BlockingRig(form, A).accepts(A, 2_000).looksUp(-1);
    assertEquals("2000 connected to " + A, rig.run());
  }

  @Test
  void nobodyIsWokenForAnAnswerThatComesAfterTheRace() {
    BlockingRig rig = new BlockingRig(Form.VIRTUAL, A).accepts(A, 400);
    PendingLookup pending = new PendingLookup(rig.network);
    rig.request.known(new KnownAddresses.Pending(pending.lookup));
    assertEquals("400 connected to " + A, rig.run());
    pending.answer(A, B);
    assertEquals(0, rig.network.unparks);
  }
}
