package io.heagent.agent.connect.attempt;

import io.heagent.agent.log.Faults;

/**
 * The last steps of a channel's race, in this order: the program is told the outcome, then the
 * books are kept (history, permits). If one step fails, the others are done all the same.
 *
 * <p>The ticket is given back at another time, because the program's next connect depends on it;
 * giving it back runs no code of the program. For a connection it is given back before the program
 * is told, because the next connect may come at once. For a failure it is given back when the
 * program picks the failure up, and for a close when the close returns: so the time that the agent
 * needs until then, mainly to load classes for a first failure, does not count as a pause of the
 * program. The monitor of its {@code ChannelRace} guards this.
 */
public final class RaceEnding {

  /** How far a race is. Once it has ended, the phase does not change any more. */
  public enum Phase {
    RACING,
    WON_BY_PRIMARY,
    WON_BY_FALLBACK,
    FAILED,
    /** The program has closed the channel. */
    CANCELLED,
    /** The agent failed: the connect goes on without a race. */
    ABANDONED
  }

  /** The steps to be done. */
  public interface Steps {
    void tell(Phase how);

    void keepBooks(Phase how);

    /** Gives the ticket back, because the connect is over for the program. */
    void leave();
  }

  private final Steps steps;
  private boolean left;

  public RaceEnding(Steps steps) {
    this.steps = steps;
  }

  /**
   * Called when the race is over. If it has failed, the program has not picked the failure up yet.
   */
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

  /** Called when the connect is over for the program. Calls after the first one do nothing. */
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
