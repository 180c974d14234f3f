package io.heagent.agent.connect.call;

import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * How a race over several addresses has ended for the program. That may differ from how it has
 * ended for the engine: a winner's address may be dialled again on the program's own descriptor,
 * where it fails, or where the address dialled before answers at the last moment; and the program
 * may close its socket before a winner is handed over. Made once, by the code that tells the
 * program. Immutable.
 *
 * <p>The two methods that make one cannot throw: when they are called, the program may have its
 * connection already. If there is no memory, they return {@link #NONE}.
 *
 * @param peer the address that the program is connected to; null for none
 * @param hasFailed whether the program gets an exception
 * @param cause null if the race has not failed, or if no attempt's failure is the reason that it
 *     has
 */
public record RaceEnd(InetAddress peer, boolean hasFailed, Throwable cause) {

  /** The program has ended the race, or the agent has given it up; or it has not ended yet. */
  public static final RaceEnd NONE = new RaceEnd(null, false, null);

  /** The program's socket is connected to this address. */
  public static RaceEnd connected(InetAddress to) {
    return make(to, false, null);
  }

  /**
   * The program gets an exception.
   *
   * @param why the failure of the last dial on the program's own descriptor; null if that dial has
   *     not failed
   */
  public static RaceEnd failed(Throwable why) {
    return make(null, true, why);
  }

  private static RaceEnd make(InetAddress peer, boolean hasFailed, Throwable cause) {
    try {
      return new RaceEnd(peer, hasFailed, cause);
    } catch (OutOfMemoryError noMemory) {
      return NONE;
    }
  }

  /**
   * The records of the engine with the outcomes that the program has met.
   *
   * @param tried the address of each attempt, in start order
   */
  public List<AttemptRecord> met(List<InetAddress> tried, List<AttemptRecord> records) {
    List<AttemptRecord> met = new ArrayList<>(records.size());
    for (AttemptRecord record : records) {
      Outcome outcome = outcome(tried.get(record.index()), record.outcome());
      met.add(
          outcome == record.outcome()
              ? record
              : new AttemptRecord(
                  record.index(),
                  record.startNanos(),
                  record.endNanos(),
                  outcome,
                  outcome == Outcome.FAILED ? cause : null));
    }
    return met;
  }

  private Outcome outcome(InetAddress address, Outcome ofEngine) {
    if (address.equals(peer)) {
      return Outcome.WON;
    } else if (ofEngine != Outcome.WON) {
      return ofEngine;
    } else if (peer != null) {
      return Outcome.LOST;
    }
    return hasFailed ? Outcome.FAILED : Outcome.CANCELLED;
  }
}
