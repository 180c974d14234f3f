/**
 * What earlier connects of this process have taught, so that the next one does not wait for an
 * address that failed lately: {@link io.heagent.engine.history.ConnectHistory} orders addresses and
 * proposes Connection Attempt Delays (RFC 8305 sections 4 and 5, "stateful").
 *
 * <p>Nothing here does I/O, starts a thread or looks a name up; the caller passes in the clock and
 * the random numbers.
 *
 * <p>May import: {@code java.net}'s address and exception classes, {@code java.util}, {@code
 * engine.core}'s records of attempts.
 */
package io.heagent.engine.history;
