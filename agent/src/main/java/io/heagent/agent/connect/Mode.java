package io.heagent.agent.connect;

/** How the thread that runs a race waits. */
enum Mode {
  /** A platform thread, poll(2). */
  POLL,
  /** A virtual thread, the JDK's poller. */
  VIRTUAL,
  /** Public API only, for redial. */
  SELECT
}
