package io.heagent.agent.connect.blocking;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static io.heagent.agent.connect.blocking.BlockingRig.C;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Races on the connecting thread that are ended from outside, or that lack something. */
class BlockingRaceEndsTest {

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  /** The JDK asks what has become of the connect, and finds its socket closed. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void closeEndsTheRaceAtOnce(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).closes(260);
    assertEquals("260 to be asked", rig.run());
    assertEquals(
        List.of("0 dial " + A, "125 warm up", "250 dial " + B, "260 close " + B), rig.log());
  }

  @ParameterizedTest
  @EnumSource
  void closeBeforeTheDelayEndsTheWait(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).closes(60);
    assertEquals("60 to be asked", rig.run());
    assertEquals(List.of("0 dial " + A), rig.log());
  }

  /** Nothing wakes the thread then, so it looks every 50 ms. */
  @ParameterizedTest
  @EnumSource
  void closeIsSeenSoonWhereTheOwnDescriptorIsOver(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 20).closes(55);
    assertEquals("70 to be asked", rig.run());
  }

  @ParameterizedTest
  @EnumSource
  void winnerOfASocketThatWasClosedIsNobodys(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(B, 30);
    rig.network.at(280, rig.socket::close);
    assertEquals("280 to be asked", rig.run());
    assertFalse(rig.log().contains("280 adopt " + B));
  }

  /** As in the JDK, an interrupt does not end the connect of a socket on a platform thread. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "REDIAL"})
  void interruptIsKeptForTheProgram(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(A, 900).interrupts(40).interrupts(300);
    assertEquals("900 connected to " + A, rig.run());
    assertTrue(Thread.interrupted());
  }

  @Test
  void interruptEndsTheConnectOfAVirtualThread() {
    for (long ms : List.of(40L, 150L, 300L)) {
      BlockingRig rig = new BlockingRig(Form.VIRTUAL, A, B).interrupts(ms);
      assertEquals(ms + " InterruptedIOException: null", rig.run());
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void interruptBeforeTheRaceEndsItBeforeAnyDial() {
    BlockingRig rig = new BlockingRig(Form.PLAIN, A, B);
    rig.request.resolution(new TargetResolution.Interrupted());
    assertEquals("0 InterruptedIOException: null", rig.run());
    assertEquals(List.of(), rig.log());
  }

  @Test
  void timeoutOfTheLookUpEndsItBeforeAnyDial() {
    BlockingRig rig = new BlockingRig(Form.PLAIN, A, B);
    rig.request.resolution(new TargetResolution.TimedOut());
    assertEquals(
        "0 SocketTimeoutException: Connect timed out: host.example:443 (0 addresses tried)",
        rig.run());
    assertEquals(List.of(), rig.log());
  }

  /** The JDK goes on from where the descriptor is. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void winnerThatCannotBeDuplicatedLeavesTheOwnConnectAsItIs(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(B, 30);
    rig.network.noDuplicate = new IOException("Bad file descriptor");
    assertEquals("280 to be asked", rig.run());
    assertEquals(Ip.of(A), rig.connected());
    assertEquals(Ip.of(A), rig.told().getAddress());
  }

  @ParameterizedTest
  @EnumSource
  void withoutDescriptorsTheOwnConnectGoesOnAlone(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B, C).accepts(A, 900);
    rig.network.noDescriptor = new SocketException("Too many open files");
    assertEquals("900 connected to " + A, rig.run());
    assertEquals(1, rig.log().stream().filter(line -> line.contains("dial")).count());
  }

  @Test
  void withoutThreadsTheOwnConnectGoesOnAlone() {
    BlockingRig rig = new BlockingRig(Form.VIRTUAL, A, B, C).accepts(A, 900);
    rig.network.noThread = new IOException(new OutOfMemoryError("native thread"));
    assertEquals("900 connected to " + A, rig.run());
    assertEquals(2, rig.network.opened);
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void bookThatCannotBeKeptTakesNobodysConnection(Form form) {
    BlockingRig alone = withHistoryUntil(20, new BlockingRig(form, A, B).accepts(A, 30));
    assertEquals("30 connected to " + A, alone.run());
    BlockingRig raced = withHistoryUntil(270, new BlockingRig(form, A, B).accepts(B, 30));
    assertEquals("280 connected to " + B, raced.run());
  }

  private static BlockingRig withHistoryUntil(long ms, BlockingRig rig) {
    Remembered remembered = new Remembered();
    rig.request.history(remembered.history);
    rig.network.at(ms, remembered::breaks);
    return rig;
  }

  /** Otherwise it would come to the program's handler of uncaught exceptions. */
  @Test
  void faultOnAnAttemptsOwnThreadFailsThatAttemptAlone() {
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> uncaught.set(fault));
    try {
      BlockingRig rig = new BlockingRig(Form.VIRTUAL, A, B, C).accepts(B, 1).accepts(C, 30);
      rig.network.faultToConnect = new OutOfMemoryError("a test's");
      assertEquals("280 connected to " + C, rig.run());
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertNull(uncaught.get());
  }

  /** Attempts of other races give their permits back after a second at most. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void siblingWaitsForItsTurnAmongAllOfTheProcess(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(B, 30);
    while (rig.environment.limiter.take(null) != null) {
      // All of them.
    }
    assertEquals("1030 connected to " + B, rig.run());
  }

  /** A winner that lacks an option must not become the program's: its address is dialled again. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void winnerThatLacksAnOptionIsDialledAgain(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(B, 30);
    rig.network.lostOption = "SO_RCVBUF";
    assertEquals("310 connected to " + B, rig.run());
  }

  /** A program in a loop of refused connects is refused as quickly as without the agent. */
  @Test
  void afterManyRefusalsInARowTheFirstIsEnough() {
    BlockingRig loop = new BlockingRig(Form.PLAIN, A, B).refuses(A, 0).refuses(B, 0);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      outcomes.add(loop.run());
      assertTrue(outcomes.get(i).contains("2 addresses tried"), outcomes::toString);
    }
    assertEquals("0 ConnectException: Connection refused", loop.run());
    assertEquals(List.of(Ip.of(A)), loop.call().outcome().tried());
    assertFalse(tells(loop), "frames of ours");
    loop.refuses(A, 0).network.traceMadeAnew = true;
    assertEquals("0 ConnectException: Connection refused", loop.run());
    assertTrue(tells(loop), "the trace is looked at, which the hook makes anew");
  }

  private static boolean tells(BlockingRig rig) {
    return Arrays.stream(rig.call().failure().getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("io.heagent.agent."));
  }

  /**
   * If a second fault comes while the race gives up after a first one, the JDK waits for the
   * attempt that is pending.
   */
  @Test
  void whatIsPendingStaysSoThoughItsSocketCannotBeAsked() {
    BlockingRig rig = new BlockingRig(Form.PLAIN, SocketKind.CHANNEL, A, B).accepts(B, 1);
    rig.network.at(100, () -> rig.socket.failuresToAnswer = 2);
    assertEquals("125 to be asked", rig.run());
    assertEquals(0, rig.socket.failuresToAnswer);
  }

  /**
   * Thread.stop (up to JDK 19) throws it in the midst of a wait. The thread ends as in the JDK's
   * own connect: nobody calls that a fault, and the descriptor has the mode that it came in.
   */
  @ParameterizedTest
  @CsvSource({"PLAIN, 60", "PLAIN, 260", "VIRTUAL, 60", "VIRTUAL, 260", "REDIAL, 60"})
  void stoppedThreadEndsAndLeavesNothing(Form form, long ms) {
    BlockingRig rig = new BlockingRig(form, A, B);
    ThreadDeath stop = new ThreadDeath();
    rig.network.at(
        ms,
        () -> {
          throw stop;
        });
    assertSame(stop, assertThrows(ThreadDeath.class, rig::run));
    rig.checkNothingIsLeft();
    assertEquals(form != Form.VIRTUAL, rig.network.isBlocking(rig.socket.descriptor));
  }
}
