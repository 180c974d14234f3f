package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.AttemptReport;
import io.heagent.agent.connect.attempt.RaceAttempts;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.coordination.ConnectOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/**
 * The books of a channel's race: what is remembered of its attempts, and what the program is told
 * of a race that nobody has won. Under the monitor of its {@link ChannelRace}.
 */
final class ChannelBooks {

  private final RaceEnvironment races;
  private final ConnectCall call;
  private final PrimaryDescriptor primary;
  private final RaceLoop loop;
  private final long startedAt;

  /** Null where there was no need for more than the primary attempt. */
  private RaceAttempts attempts;

  /**
   * For a race that begins.
   *
   * @param startedAt by the clock of the loop
   */
  ChannelBooks(
      ChannelEnvironment environment, ConnectCall call, PrimaryDescriptor primary, long startedAt) {
    this.races = environment.races();
    this.loop = environment.loop();
    this.call = call;
    this.primary = primary;
    this.startedAt = startedAt;
  }

  /** There are to be more attempts than the primary one. */
  void open(RaceAttempts ofTheRace) {
    attempts = ofTheRace;
  }

  /** What other connects are to know of one that has not succeeded. */
  ConnectOutcome failed() {
    return ConnectOutcome.failed(tried(), silent(), 0);
  }

  /** The address dialled first has answered before any other was dialled. */
  void answered() {
    AttemptReport.answered(races, call, primary.attempt().address, loop.now() - startedAt);
  }

  /** The addresses that were tried, in start order. */
  private List<InetAddress> tried() {
    if (attempts != null) {
      return attempts.report.addresses();
    }
    return primary.attempt() == null ? List.of() : List.of(primary.attempt().address);
  }

  /** As {@link AttemptReport#silent}. */
  private Map<InetAddress, Long> silent() {
    if (attempts != null) {
      return attempts.report.silent();
    }
    return primary.isDialled()
        ? Map.of(primary.attempt().address, loop.now() - startedAt)
        : Map.of();
  }

  /** What the program is told, now, of a race that has failed. Throws nothing. */
  IOException failure() {
    try {
      return toBeTold();
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      IOException ofPrimary = primary.failure();
      return StackTraceCleaner.cleanedIfPossible(
          ofPrimary == null ? new ConnectException("Connect failed") : ofPrimary);
    }
  }

  private IOException toBeTold() {
    int count = attempts == null ? 0 : attempts.size();
    boolean isOne = count <= 1 || primary.isDialledAgain();
    if (isOne && primary.failure() != null) {
      // There were no siblings: the program sees what it sees without the agent, to the letter.
      return StackTraceCleaner.cleaned(primary.failure());
    } else if (count == 0) {
      return StackTraceCleaner.cleaned(new UnknownHostException(call.request.host()));
    }
    return attempts.report.failure();
  }
}
