package io.heagent.agent.connect.attempt;

import io.heagent.agent.log.Faults;

/**
 * The last steps of a channel's race, in this order: the program is told the outcome, then the
 * books are kept. What fails in one step keeps no other from being done.
 *
 * <p>One part of the books is asked by the program's next connect, and so it is kept at another
 * time: the ticket, which is given back in memory and runs no code of the program's. It is given
 * back before the program is told of a connection, for its next connect may come at once. Of a
 * failure it is given back as the program picks that up, and of a close as that returns: the time
 * that we need until then, for the classes of a first failure above all, is no pause of the
 * program's. Under the monitor of its {@code ChannelRace}.
 */
public final class RaceEnding {

  /** How far a race is. Decided once: what is over stays as it is. */
  public enum Phase {
    RACING,
    WON_BY_PRIMARY,
    WON_BY_FALLBACK,
    FAILED,
    /** The program has closed the channel. */
    CANCELLED,
    /** Something of ours broke: the connect goes on without a race. */
    ABANDONED
  }

  /** What is to be done. */
  public interface Steps {
    void tell(Phase how);

    void keepBooks(Phase how);

    /** The connect is over for the program. */
    void leave();
  }

  private final Steps steps;
  private boolean left;

  public RaceEnding(Steps steps) {
    this.steps = steps;
  }

  /** The race is over; a failure is still to be picked up. */
  public void end(Phase how) {
    boolean won = how == Phase.WON_BY_PRIMARY || how == Phase.WON_BY_FALLBACK;
    if (won) {
      leave();
    }
    try {
      steps.tell(how);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    try {
      steps.keepBooks(how);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    if (!won && how != Phase.FAILED) {
      leave();
    }
  }

  /** The connect is over for the program; from the second time on nothing happens. */
  public void leave() {
    if (left) {
      return;
    }
    left = true;
    try {
      steps.leave();
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
