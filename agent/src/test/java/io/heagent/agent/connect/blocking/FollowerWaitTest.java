package io.heagent.agent.connect.blocking;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.order.DialOrder;
import java.io.InterruptedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many blocking connects to one address: the first ones dial it, the others wait for them. */
class FollowerWaitTest {

  /** How many connects to an address dial it without waiting for each other. */
  private static final int LEADERS = 32;

  private final Remembered remembered = new Remembered();

  /** A connect to an address that as many others dial already as may, so that this one waits. */
  private BlockingRig follower(Form form, String... addresses) {
    BlockingRig rig = new BlockingRig(form, addresses);
    rig.request.history(remembered.history);
    EndpointRegistry registry = new EndpointRegistry(rig.network);
    for (int i = 0; i < LEADERS; i++) {
      begin(registry, rig);
    }
    Ticket ticket = begin(registry, rig);
    assertTrue(ticket.isFollower());
    rig.request.ticket(ticket);
    return rig;
  }

  private static Ticket begin(EndpointRegistry registry, BlockingRig rig) {
    return registry.begin(
        "host.example", 443, new Ticket(Ip.of(A), true, 1, 0), 0, rig.network.now());
  }

  /** At that time one of the connects that have dialled has an answer. */
  private static BlockingRig answered(BlockingRig rig, long ms) {
    rig.network.at(
        ms,
        () -> {
          rig.call().group().answered();
          rig.network.unpark(null);
        });
    return rig;
  }

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @EnumSource
  void dialsOnceTheAddressHasAnsweredAnother(Form form) {
    BlockingRig rig = answered(follower(form, A, B), 90).accepts(A, 30);
    assertEquals("120 connected to " + A, rig.run());
    assertEquals(List.of("90 dial " + A), rig.log());
  }

  /**
   * The attempt begins no later than it would without the wait, and the requested address follows.
   */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void beginsWithTheSiblingWhereNobodyHasHadAnAnswer(Form form) {
    BlockingRig rig = follower(form, A, B).accepts(B, 30);
    assertEquals("280 connected to " + B, rig.run());
    assertEquals(List.of("250 dial " + B), rig.log());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void requestedAddressFollowsTheSibling(Form form) {
    BlockingRig rig = follower(form, A, B).accepts(A, 30);
    assertEquals("530 connected to " + A, rig.run());
    assertEquals(
        List.of(
            "250 dial " + B, "375 warm up", "500 dial " + A, "530 adopt " + A, "530 close " + A),
        rig.log());
  }

  @ParameterizedTest
  @EnumSource
  void dialsAtOnceWhereItsTimeoutWouldEndBefore(Form form) {
    BlockingRig rig = follower(form, A, B).timeout(250).accepts(A, 30);
    assertEquals("30 connected to " + A, rig.run());
  }

  @ParameterizedTest
  @EnumSource
  void dialsAtOnceAnAddressThatIsKnownToAnswer(Form form) {
    remembered.wins(A, 30);
    assertEquals("30 connected to " + A, follower(form, A, B).accepts(A, 30).run());
  }

  /** The wait itself leaves the call's order as it is; its caller has the race go by the other. */
  @Test
  void waitGivesTheOrderToGoOnWith() throws InterruptedIOException {
    BlockingRig rig = follower(Form.PLAIN, A, B);
    DialOrder before = rig.call().order();
    rig.call().follow(before);
    DialOrder after = FollowerWait.await(rig.environment, rig.call());
    assertEquals(Ip.of(B), after.first());
    assertEquals(Ip.of(A), after.requested());
    assertSame(before, rig.call().order());
  }

  /** The JDK throws for an interrupt then; on a platform thread it takes no notice of it. */
  @Test
  void interruptEndsTheWait() {
    BlockingRig virtual = follower(Form.VIRTUAL, A, B).interrupts(70);
    assertEquals("70 InterruptedIOException: null", virtual.run());
    assertEquals(List.of(), virtual.log());
    Thread.interrupted();
    BlockingRig plain = follower(Form.PLAIN, A, B).interrupts(70).accepts(A, 30);
    assertEquals("100 connected to " + A, plain.run());
  }

  /** Nothing is dialled any more; the group looks for it every 50 ms. */
  @Test
  void closeEndsTheWait() {
    BlockingRig rig = follower(Form.PLAIN, A, B).closes(60);
    rig.network.at(100, () -> rig.network.unpark(null));
    assertEquals("100 to be asked", rig.run());
  }

  /**
   * Whether a connect that dials tells those that wait, at its end, that the address has answered.
   */
  private boolean tells(BlockingRig rig, String outcome) {
    EndpointRegistry registry = new EndpointRegistry(rig.network);
    rig.request.history(remembered.history).ticket(begin(registry, rig));
    Calls.planned(rig.call());
    assertEquals(outcome, rig.run());
    return rig.call().group().isAnswered();
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerIsToldToThoseThatWait(Form form) {
    assertTrue(tells(new BlockingRig(form, A, B).accepts(A, 30), "30 connected to " + A));
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void soIsARefusal(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 20).accepts(B, 30);
    assertTrue(tells(rig, "50 connected to " + B));
  }

  /** Otherwise one thread that gives up would send all those that wait to a dead address. */
  @ParameterizedTest
  @EnumSource
  void closeByTheProgramSaysNothingOfTheAddress(Form form) {
    assertFalse(tells(new BlockingRig(form, A, B).closes(60), "60 to be asked"));
  }

  /** The close itself may make the system report a failure. */
  @ParameterizedTest
  @EnumSource
  void norDoesAFailureThatTheCloseHasCaused(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B);
    rig.network.at(20, rig.socket::close);
    rig.refuses(A, 20);
    assertFalse(tells(rig, "20 to be asked"));
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void siblingsAnswerSaysNothingOfTheAddress(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(B, 30);
    assertFalse(tells(rig, "280 connected to " + B));
  }

  @ParameterizedTest
  @EnumSource
  void norDoesThatOfAnAddressThatWentBeforeIt(Form form) {
    remembered.isDead(A);
    remembered.wins(B, 30);
    BlockingRig rig = new BlockingRig(form, A, B).accepts(B, 30);
    assertFalse(tells(rig, "30 connected to " + B));
  }
}
