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
 * What a channel's race records: its attempts, for the outcome that other connects learn from, and
 * the exception that the program gets when no attempt has connected. Guarded by the monitor of its
 * {@link ChannelRace}.
 */
final class ChannelBooks {

  private final RaceEnvironment races;
  private final ConnectCall call;
  private final PrimaryDescriptor primary;
  private final RaceLoop loop;
  private final long startedAt;

  /** Null until the race needs more than the primary attempt. */
  private RaceAttempts attempts;

  /**
   * Begins the record of one race.
   *
   * @param startedAt when the race began, by the clock of the loop
   */
  ChannelBooks(
      ChannelEnvironment environment, ConnectCall call, PrimaryDescriptor primary, long startedAt) {
    this.races = environment.races();
    this.loop = environment.loop();
    this.call = call;
    this.primary = primary;
    this.startedAt = startedAt;
  }

  /** Called when the race starts attempts beside the primary one. */
  void open(RaceAttempts ofTheRace) {
    attempts = ofTheRace;
  }

  /** The outcome, for other connects, of a race in which nothing has connected. */
  ConnectOutcome failed() {
    return ConnectOutcome.failed(tried(), silent(), 0);
  }

  /** Tells the history that the first address has answered before any other was dialled. */
  void answered() {
    AttemptReport.answered(races, call, primary.attempt().address, startedAt, loop.now());
  }

  /** The addresses that were dialled, in the order in which they were dialled. */
  private List<InetAddress> tried() {
    if (attempts != null) {
      return attempts.report.addresses();
    }
    return primary.attempt() == null ? List.of() : List.of(primary.attempt().address);
  }

  /** The addresses that have not answered, as {@link AttemptReport#silent} gives them. */
  private Map<InetAddress, Long> silent() {
    if (attempts != null) {
      return attempts.report.silent();
    }
    return primary.isDialled()
        ? Map.of(primary.attempt().address, loop.now() - startedAt)
        : Map.of();
  }

  /** Why a race has failed that has dialled one address at most. */
  IOException cause() {
    return primary.failure() == null ? unknownHost() : primary.failure();
  }

  private UnknownHostException unknownHost() {
    return new UnknownHostException(call.request.host());
  }

  /** Makes the exception that the program gets for a failed race. Never throws. */
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
      // Only one address was dialled, so the program gets the exception that the JDK would have
      // thrown without the agent.
      return StackTraceCleaner.cleaned(primary.failure());
    } else if (count == 0) {
      return StackTraceCleaner.cleaned(unknownHost());
    }
    return attempts.report.failure();
  }
}
