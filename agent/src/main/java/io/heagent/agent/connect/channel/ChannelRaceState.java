package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.RaceEnding;
import io.heagent.agent.connect.attempt.RaceEnding.Phase;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RaceEnd;
import io.heagent.agent.connect.call.RaceObservation;
import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.net.InetAddress;

/**
 * The phase of a channel's race, and what its end needs: the outcome, the one timer, and the
 * fallback to close. {@link ChannelCourse} decides when the race is over. Everything here is
 * guarded by the monitor of the race's {@link ChannelRace}.
 */
final class ChannelRaceState implements RaceEnding.Steps {

  private final ConnectCall call;
  private final PrimaryDescriptor primary;
  private final ChannelEnvironment environment;
  private final OutcomeDelivery delivery;
  private final ChannelBooks books;
  private final RaceEnding ending = new RaceEnding(this);

  private Phase phase = Phase.RACING;

  /** The outcome of the connect, from which other connects learn. */
  private ConnectOutcome outcome = ConnectOutcome.UNKNOWN;

  /** Null until the race needs more than the primary attempt. */
  private ChannelFallback fallback;

  /** The address of the fallback attempt whose connection the channel has; null for none. */
  private InetAddress adopted;

  /** The timer of the next step; null if none is due. */
  private Scheduler.Timer timer;

  /** Makes the state of a race that began at {@code startedAt}, by the clock of the loop. */
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

  /** Whether the race has failed, so that the program must get an exception. */
  boolean hasFailed() {
    return phase == Phase.FAILED;
  }

  /**
   * Whether the race was cancelled after the attempt on the channel's own descriptor had failed. If
   * the program asks for the outcome all the same, it must get that failure: the system reports a
   * failure once only, and answers a second question with "connected".
   */
  boolean isCancelledWithNothingPending() {
    return phase == Phase.CANCELLED && primary.failure() != null;
  }

  /**
   * Whether the channel has a winner's connection, or its own descriptor has dialled a winner's
   * address. The descriptor is non-blocking then, whatever its mode was before.
   */
  boolean isAdopted() {
    return phase == Phase.WON_BY_FALLBACK || primary.isDialledAgain();
  }

  /** Called when the race starts attempts beside the primary one. */
  void open(ChannelFallback made) {
    fallback = made;
    books.open(made.attempts);
  }

  /** Replaces the timer; sets none if the race is over or {@code at} is {@link RaceCore#NEVER}. */
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
   * Called when the dial itself has connected the channel. The program's connect still returns
   * false, because some programs wait for the event in either case.
   */
  void connectedAtOnce(InetAddress first) {
    phase = Phase.WON_BY_PRIMARY;
    outcome = ConnectOutcome.CONNECTED;
    ending.leave();
    environment.registry().remove(primary.fd);
    delivery.connected(first);
    books.answered();
  }

  /**
   * Ends the race, because the channel has the connection of a fallback attempt to this address.
   */
  void wonByFallback(InetAddress address) {
    adopted = address;
    end(Phase.WON_BY_FALLBACK);
  }

  /** Ends the race, which the first line decides; {@link RaceEnding} has the order of the rest. */
  void end(Phase how) {
    phase = how;
    if (how == Phase.WON_BY_PRIMARY || how == Phase.WON_BY_FALLBACK) {
      outcome = ConnectOutcome.CONNECTED;
    }
    stopTimer();
    ending.end(how);
  }

  /** Called when the program closes the channel, or has closed it. */
  void cancel() {
    if (phase == Phase.RACING) {
      end(Phase.CANCELLED);
    } else {
      if (phase == Phase.FAILED) {
        // The program has closed the channel instead of asking for the outcome.
        outcome = outcome.afterClose();
        ending.leave();
      }
      environment.registry().remove(primary.fd);
    }
  }

  /**
   * Gives the race up after a failure of the agent. If an attempt on the channel's own descriptor
   * is pending, it is the program's again; otherwise the race has failed.
   */
  void abandon() {
    if (phase != Phase.RACING) {
      return;
    }
    boolean dropped = primary.isDialled() && primary.isHeld();
    // If nothing has been dialled yet, the JDK's own connect runs.
    boolean begun = primary.attempt() != null || primary.failure() != null || call.isUnknown();
    boolean free = primary.isDialled() || !begun;
    end(free ? Phase.ABANDONED : Phase.FAILED);
    if (dropped) {
      delivery.tell(Phase.ABANDONED, true);
    }
  }

  /** Makes the exception that the program gets for a failed race; the connect is over with that. */
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
      RaceEnd end = RaceEnd.NONE;
      try {
        end = endOf(how);
        fallback.attempts.end(end);
      } finally {
        // Whatever has failed: nobody else closes them.
        fallback.close();
      }
      environment.loop().flush();
      fallback.attempts.report.log(end);
    }
  }

  private RaceEnd endOf(Phase how) {
    if (how == Phase.WON_BY_PRIMARY) {
      return RaceEnd.connected(primary.attempt().address);
    } else if (how == Phase.WON_BY_FALLBACK) {
      return RaceEnd.connected(adopted);
    }
    return how == Phase.FAILED ? RaceEnd.failed(primary.failure()) : RaceEnd.NONE;
  }

  private void note(Phase how) {
    if (how == Phase.FAILED) {
      outcome = books.failed();
    } else if (how == Phase.CANCELLED) {
      // A program closes a channel when its own timeout has ended, so this counts as a failure too.
      outcome = books.failed().afterClose();
    } else if (fallback == null && how == Phase.WON_BY_PRIMARY) {
      books.answered();
    }
    if (fallback == null && how != Phase.WON_BY_PRIMARY) {
      RaceObservation.lostAlone(
          environment.races().observer(), call, how == Phase.FAILED ? books.cause() : null);
    }
  }

  @Override
  public void leave() {
    environment.whenOver().accept(call, outcome);
  }
}
