package io.heagent.agent.connect.call;

import io.heagent.agent.log.Faults;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.history.FailureKind;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells the {@link Observer}, and the recording if there is one, what becomes of a race. Guarded as
 * the race is. Nothing here throws: what is observed does not depend on being observed.
 */
public final class RaceObservation {

  private RaceObservation() {}

  /** The race is about to take the time from which the next attempt's delay counts. */
  public static void starting(ConnectCall call) {
    RaceTrace trace = call.trace();
    if (trace != null) {
      trace.starting();
    }
  }

  /** The race dials an address; called in the order of the attempts. */
  public static void dialling(ConnectCall call, InetAddress address) {
    RaceTrace trace = call.trace();
    if (trace != null) {
      trace.started(address);
    }
  }

  /** An attempt has failed, or was given up before the race was over. */
  public static void ended(ConnectCall call, int attempt, Outcome how, Throwable cause) {
    RaceTrace trace = call.trace();
    if (trace != null) {
      trace.ended(attempt, how, cause);
    }
  }

  /** The address dialled first has answered before any other was dialled. */
  public static void wonAlone(Observer observer, ConnectCall call, InetAddress winner, long now) {
    try {
      observer.won(0, winner);
      note(observer, call, 1);
      if (call.isReordered()) {
        gained(observer, call, null, now);
      }
      ended(call, 0, Outcome.WON, null);
      over(call, winner, "won");
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /**
   * The race has ended without a connection, and without attempts beside the first one.
   *
   * @param cause of the first attempt's failure; null if the program has ended the race
   */
  public static void lostAlone(Observer observer, ConnectCall call, Throwable cause) {
    try {
      boolean failed = cause != null;
      observer.lost(failed);
      note(observer, call, 1);
      ended(call, 0, failed ? Outcome.FAILED : Outcome.CANCELLED, cause);
      over(call, null, failed ? "failed" : "cancelled");
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /**
   * A race of several attempts has ended. Called before history is told.
   *
   * @param end how it has ended for the program
   * @param tried the address of each attempt, in start order
   * @param records with the outcomes that the program has met
   * @param now on the clock of the attempts
   */
  public static void ended(
      Observer observer,
      ConnectCall call,
      RaceEnd end,
      List<InetAddress> tried,
      List<AttemptRecord> records,
      long now) {
    try {
      note(observer, call, tried.size());
      AttemptRecord winner = null;
      AttemptRecord requested = null;
      for (AttemptRecord record : records) {
        winner = record.outcome() == Outcome.WON ? record : winner;
        requested = tried.get(record.index()).equals(call.requested()) ? record : requested;
        ended(call, record.index(), record.outcome(), record.cause());
      }
      if (winner == null) {
        observer.lost(end.hasFailed());
        over(call, null, end.hasFailed() ? "failed" : "cancelled");
        return;
      }
      observer.won(winner.index(), end.peer());
      if (requested == null || winner.index() != requested.index()) {
        gained(observer, call, requested, now);
      }
      over(call, end.peer(), "won");
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  private static void note(Observer observer, ConnectCall call, int attempts) {
    observer.noted(stoodDown(call), call.isReordered(), Math.max(0, attempts - 1));
  }

  private static boolean stoodDown(ConnectCall call) {
    return call.isRequestedOnly() || (call.ticket() != null && call.ticket().standsDown());
  }

  /**
   * Another address than the requested one has won. If the requested address was healthy lately, it
   * is probably only slow, and nothing is counted.
   *
   * @param requested the attempt at the requested address; null if it was not dialled
   */
  private static void gained(
      Observer observer, ConnectCall call, AttemptRecord requested, long now) {
    FailureKind kind;
    if (requested == null) {
      kind = call.history() == null ? null : call.history().lastFailure(call.requested());
    } else if (requested.outcome() == Outcome.FAILED) {
      kind = FailureKind.of(requested.cause());
    } else {
      boolean slow = call.history() != null && call.history().isHealthy(call.requested());
      kind = slow ? null : FailureKind.UNANSWERED;
    }
    if (kind != null) {
      observer.gained(
          kind != FailureKind.UNANSWERED,
          now - call.request.startedAt(),
          call.request.timeoutNanos());
    }
  }

  private static void over(ConnectCall call, InetAddress winner, String outcome) {
    RaceTrace trace = call.trace();
    if (trace != null) {
      trace.over(winner, outcome, call.isReordered(), stoodDown(call));
    }
  }
}
