/**
 * What a check has found out, as values: one race with its look-ups and attempts ({@link
 * io.heagent.agent.check.result.CheckedRace}), the addresses that were left out and why, what the
 * JDK alone would have done, and a summary of several races. All times are nanoseconds since the
 * race began.
 *
 * <p>Pure. May import: {@code engine.address}, {@code engine.core}, and the JDK.
 */
package io.heagent.agent.check.result;
