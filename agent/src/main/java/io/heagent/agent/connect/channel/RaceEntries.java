package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.call.ProgramSocket;

/**
 * The entry points by which timers, look-ups, permits and fallback attempts come back into a race.
 * {@link #due} only hands the race to the loop; each other one takes the monitor of the race.
 */
interface RaceEntries {

  /** Does what is due. It runs on the loop's thread. */
  Runnable step();

  /** Has the loop run {@link #step}. It may run on any thread. */
  Runnable due();

  /** Checks whether this fallback attempt has an outcome. It runs on the loop's thread. */
  Runnable ready(FallbackAttempt attempt);

  /**
   * Takes this fallback attempt for connected. It runs on the thread that {@link
   * ProgramSocket#isDecidedOnItsThread} describes.
   */
  Runnable connected(FallbackAttempt attempt);

  /** Loads the classes that a JVM's first race needs. It runs on the loop's thread. */
  Runnable preload();
}
