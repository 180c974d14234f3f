/**
 * What the agent counts, and the words for why a connect was not raced. {@link
 * io.heagent.agent.observe.Observer} is told of each connect that may be raced, and of each race
 * that has ended; the log, the flight recorder ({@code observe.jfr}) and JMX ({@code observe.jmx})
 * are told by it, or ask it. The races do not depend on what is done with it.
 *
 * <p>A connect that is left alone costs one addition and a look at the clock here: no lock and no
 * allocation. May import the engine's {@code core} and {@code address}, {@code agent.log}, and of
 * the JDK's module {@code jdk.jfr} the class {@code FlightRecorder} only, to ask whether there is a
 * flight recorder.
 */
package io.heagent.agent.observe;
