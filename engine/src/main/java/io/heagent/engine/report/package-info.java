/**
 * What people are told. {@link io.heagent.engine.report.FailureText} gives a failed race an
 * exception of the JDK's own type, with a message that names every address and its outcome; the
 * library and the agent use the same words. {@link io.heagent.engine.report.BrokenAddressReporter}
 * finds the addresses that fail for minutes while others of the name serve.
 *
 * <p>May import: {@code engine.core} (outcomes), {@code engine.history} (kinds of failure), {@code
 * engine.address} (text of addresses), {@code java.net}.
 */
package io.heagent.engine.report;
