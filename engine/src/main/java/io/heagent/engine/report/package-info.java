/**
 * The texts that people read. {@link io.heagent.engine.report.ConnectFailure} makes the exception
 * of a failed race, of the JDK's own type. {@link io.heagent.engine.report.FailureText} makes its
 * message, which names every address and its outcome; the library and the agent use the same words.
 * {@link io.heagent.engine.report.BrokenAddressReporter} finds the addresses that fail for minutes
 * while other addresses of the name answer.
 *
 * <p>May import: {@code engine.core} (outcomes), {@code engine.history} (kinds of failure), {@code
 * engine.address} (text of addresses), {@code java.net}.
 */
package io.heagent.engine.report;
