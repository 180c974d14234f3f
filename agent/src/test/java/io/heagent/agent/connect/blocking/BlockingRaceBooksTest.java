package io.heagent.agent.connect.blocking;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.report.BrokenAddressReporter;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a blocking race leaves for later connects, and for the report of broken addresses. */
class BlockingRaceBooksTest {

  private static final long MINUTE = 60_000_000_000L;

  /** A has failed so often, ten minutes apart, while B answered. */
  private static BrokenAddressReporter failedBefore(BlockingRig rig, int times) {
    BrokenAddressReporter reporter = rig.environment.brokenPaths();
    for (int i = times; i > 0; i--) {
      long at = rig.network.now() - i * 10L * MINUTE;
      reporter.ended(
          "host.example",
          443,
          Ip.list(A, B),
          List.of(
              new AttemptRecord(0, at, at, Outcome.FAILED, new ConnectException("refused")),
              new AttemptRecord(1, at, at, Outcome.WON, null)),
          at);
    }
    return reporter;
  }

  @ParameterizedTest
  @EnumSource
  void brokenAddressIsCountedByARaceThatAnotherHasWon(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 20).accepts(B, 30);
    BrokenAddressReporter reporter = failedBefore(rig, 2);
    rig.run();
    assertEquals(List.of(A), reporter.broken(rig.network.now()));
  }

  @ParameterizedTest
  @EnumSource
  void addressThatAnswersAloneIsNotBrokenAnyMore(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(A, 20);
    BrokenAddressReporter reporter = failedBefore(rig, 3);
    assertEquals(List.of(A), reporter.broken(rig.network.now()));
    rig.run();
    assertEquals(List.of(), reporter.broken(rig.network.now()));
  }

  /** The system itself has given one up: no timeout was too short for it. */
  @ParameterizedTest
  @EnumSource
  void addressThatTheSystemHasGivenUpWasSilentForEver(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(B, 30);
    rig.network.fails(A, 400, new ConnectException("Connection timed out"));
    rig.run();
    assertEquals(Map.of(Ip.of(A), ConnectCall.NEVER), rig.call().outcome().unanswered());
  }
}
