/**
 * One address on one descriptor, and all attempts of a race. Both kinds of races use it, so it
 * knows neither.
 *
 * <p>{@code PrimaryAttempt} dials on the program's own descriptor, which it never closes. {@code
 * FallbackAttempt} dials on a socket of its own and closes that exactly once, also after its
 * connection was duplicated onto the program's descriptor. {@code RaceAttempts} holds all attempts
 * of a race and tells the engine's {@code RaceCore} their outcomes; {@code AttemptReport} reports
 * them to the program, to the log and to the history. {@code Redial} dials the winner's address on
 * the program's descriptor, where the winner lacks an option or {@code adoption=redial} is set.
 * {@code RaceEnding} has the order at the end of a race: the program is told, the books are kept,
 * lines are printed. {@code RaceEnvironment} is what races share, {@code RaceLoop} the event loop
 * as they see it; both are handed in so that tests can put a simulated network and clock in their
 * place.
 *
 * <p><b>Concurrency.</b> Attempts are confined to their race: to the thread that connects, or to
 * the monitor of a channel's race. The engine's {@code AttemptLimiter} bounds those beside the
 * programs' own over all races and has a lock of its own.
 *
 * <p>May import {@code connect.call}, {@code connect.candidates}, {@code connect.socket}, {@code
 * log}, {@code observe} and the engine.
 */
package io.heagent.agent.connect.attempt;
