package io.heagent.agent.observe;

import io.heagent.engine.core.Outcome;
import java.net.InetAddress;

/**
 * What a recording notes of one race, while it runs. Guarded as the race is. The places of attempts
 * count from 0 in the order of their starts. No method throws anything.
 */
public interface RaceTrace {

  /**
   * The next attempt is about to begin. Called before the race reads the clock for the start of
   * that attempt, so that what the recording has to do first delays the attempt, and not only its
   * packet. A second call before {@link #started} replaces the first, whose attempt was not made.
   */
  void starting();

  /** That attempt begins. */
  void started(InetAddress address);

  /** An attempt has ended; a second call for the same one does nothing. */
  void ended(int attempt, Outcome outcome, Throwable cause);

  /**
   * The race is over.
   *
   * @param winner null if none has connected
   * @param outcome in one word
   */
  void over(InetAddress winner, String outcome, boolean reordered, boolean stoodDown);
}
