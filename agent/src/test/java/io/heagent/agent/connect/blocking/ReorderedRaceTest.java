package io.heagent.agent.connect.blocking;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static io.heagent.agent.connect.blocking.BlockingRig.C;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Races on the connecting thread to a name of which something is remembered. */
class ReorderedRaceTest {

  private final Remembered remembered = new Remembered();

  private BlockingRig rig(Form form, String... addresses) {
    BlockingRig rig = new BlockingRig(form, addresses);
    // Only what began after the history did is remembered.
    remembered.pass(1_000);
    rig.request.history(remembered.history);
    Calls.planned(rig.call());
    return rig;
  }

  @ParameterizedTest
  @EnumSource
  void healthySiblingIsDialledInPlaceOfADeadAddress(Form form) {
    remembered.isDead(A);
    remembered.wins(B, 30);
    BlockingRig rig = rig(form, A, B).accepts(B, 30);
    assertEquals("30 connected to " + B, rig.run());
    assertEquals(List.of("0 dial " + B), rig.log());
  }

  /**
   * The address that was passed over is dialled once the other one takes longer than it ever has.
   */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void requestedAddressFollowsTheOneThatWentFirst(Form form) {
    remembered.isDead(A);
    remembered.wins(B, 30);
    BlockingRig rig = rig(form, A, B, C).accepts(A, 30);
    assertEquals("130 connected to " + A, rig.run());
    assertEquals(
        List.of("0 dial " + B, "50 warm up", "100 dial " + A, "130 adopt " + A, "130 close " + A),
        rig.log());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void outcomeIsRemembered(Form form) {
    assertEquals("750 connected to " + B, rig(form, A, B).accepts(B, 500).run());
    assertEquals("30 connected to " + B, rig(form, A, B).accepts(B, 30).run());
  }

  @ParameterizedTest
  @EnumSource
  void addressThatAnswersIsRememberedTogetherWithItsTime(Form form) {
    assertEquals("40 connected to " + A, rig(form, A, B).accepts(A, 40).run());
    assertEquals(120, Remembered.millis(remembered.history.delay(Ip.of(A))));
  }
}
