package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.RaceEnding;
import io.heagent.agent.connect.attempt.RaceEnding.Phase;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.net.InetAddress;

/**
 * How far a channel's race is, and what its end takes: the outcome, the one timer, the fallback to
 * be closed. {@link ChannelCourse} decides when it is over. Everything here runs under the monitor
 * of its {@link ChannelRace}.
 */
final class ChannelRaceState implements RaceEnding.Steps {

  private final ConnectCall call;
  private final PrimaryDescriptor primary;
  private final ChannelEnvironment environment;
  private final OutcomeDelivery delivery;
  private final ChannelBooks books;
  private final RaceEnding ending = new RaceEnding(this);

  private Phase phase = Phase.RACING;

  /** How the connect has ended, as far as other connects are to know. */
  private ConnectOutcome outcome = ConnectOutcome.UNKNOWN;

  /** Made when more than the primary attempt is needed; null before that. */
  private ChannelFallback fallback;

  /** When something is due next; null for nothing. */
  private Scheduler.Timer timer;

  /**
   * Of a race that begins.
   *
   * @param startedAt by the clock of the loop
   */
  ChannelRaceState(
      ConnectCall call,
      PrimaryDescriptor primary,
      ChannelEnvironment environment,
      OutcomeDelivery delivery,
      long startedAt) {
    this.call = call;
    this.primary = primary;
    this.environment = environment;
    this.delivery = delivery;
    this.books = new ChannelBooks(environment, call, primary, startedAt);
  }

  boolean isRacing() {
    return phase == Phase.RACING;
  }

  /** Whether there is a failure for the program to pick up. */
  boolean hasFailed() {
    return phase == Phase.FAILED;
  }

  /**
   * Whether the race counts as closed and the attempt on the channel's own descriptor has failed.
   * Whoever asks all the same must be told that: the system reports a failure once only, and to a
   * second question it answers that the descriptor is connected.
   */
  boolean isCancelledWithNothingPending() {
    return phase == Phase.CANCELLED && primary.failure() != null;
  }

  /**
   * Whether a side's connection, or one to its address, has taken the place of the channel's own:
   * the descriptor does not block, whatever its mode was before.
   */
  boolean isAdopted() {
    return phase == Phase.WON_BY_FALLBACK || primary.isDialledAgain();
  }

  /** More than the primary attempt is needed. */
  void open(ChannelFallback made) {
    fallback = made;
    books.open(made.attempts);
  }

  /** Sets the timer, in the place of the one there is; none where nothing is due any more. */
  void schedule(long at, Runnable step) {
    stopTimer();
    if (phase == Phase.RACING && at != RaceCore.NEVER) {
      timer = environment.loop().schedule(at, step);
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /**
   * The dial itself has connected the channel. Never told by returning true: some programs wait for
   * the event.
   */
  void connectedAtOnce(InetAddress first) {
    phase = Phase.WON_BY_PRIMARY;
    outcome = ConnectOutcome.CONNECTED;
    ending.leave();
    environment.registry().remove(primary.fd);
    delivery.connected(first);
    books.answered();
  }

  /** The race is over: that is decided with the first line, {@link RaceEnding} says the rest. */
  void end(Phase how) {
    phase = how;
    if (how == Phase.WON_BY_PRIMARY || how == Phase.WON_BY_FALLBACK) {
      outcome = ConnectOutcome.CONNECTED;
    }
    stopTimer();
    ending.end(how);
  }

  /** The program closes the channel, or has done so. */
  void cancel() {
    if (phase == Phase.RACING) {
      end(Phase.CANCELLED);
    } else {
      if (phase == Phase.FAILED) {
        // The program has closed it instead of asking for the outcome.
        outcome = outcome.afterClose();
        ending.leave();
      }
      environment.registry().remove(primary.fd);
    }
  }

  /**
   * Something of ours broke. What is pending on the channel's own descriptor is the program's
   * again; where nothing is, the race has failed.
   */
  void abandon() {
    if (phase != Phase.RACING) {
      return;
    }
    boolean dropped = primary.isDialled() && primary.isHeld();
    // Where nothing has been dialled yet the JDK's own connect runs.
    boolean begun = primary.attempt() != null || primary.failure() != null || call.unknown;
    boolean free = primary.isDialled() || !begun;
    end(free ? Phase.ABANDONED : Phase.FAILED);
    if (dropped) {
      delivery.tell(Phase.ABANDONED, true);
    }
  }

  /** What the program is told, now, of a race that has failed. */
  IOException failure() {
    IOException told = books.failure();
    ending.leave();
    return told;
  }

  @Override
  public void tell(Phase how) {
    delivery.tell(how);
  }

  @Override
  public void keepBooks(Phase how) {
    try {
      note(how);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    if (fallback != null) {
      fallback.attempts.end();
      fallback.close();
      environment.loop().flush();
      fallback.attempts.report.log();
    }
  }

  private void note(Phase how) {
    if (how == Phase.FAILED) {
      outcome = books.failed();
    } else if (how == Phase.CANCELLED) {
      // A program whose timeout is over closes the channel.
      outcome = books.failed().afterClose();
    } else if (fallback == null && how == Phase.WON_BY_PRIMARY) {
      books.answered();
    }
  }

  @Override
  public void leave() {
    environment.whenOver().accept(call, outcome);
  }
}
