/**
 * What connects of this process have taught, so that the next one pays no delay for an address that
 * is known as dead: {@link io.heagent.engine.history.ConnectHistory} orders addresses and proposes
 * Connection Attempt Delays (RFC 8305 sections 4 and 5, "stateful").
 *
 * <p>Nothing here does I/O, starts a thread or looks a name up; the clock and the random source are
 * the caller's.
 *
 * <p>May import: {@code java.net}'s address and exception classes, {@code java.util}, {@code
 * engine.core}'s records of attempts.
 */
package io.heagent.engine.history;
