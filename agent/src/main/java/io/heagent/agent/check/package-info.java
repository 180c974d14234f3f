/**
 * {@code java -jar he-agent.jar check HOST[:PORT] ...}: races the addresses of a host by the engine
 * ({@link io.heagent.engine.HappyEyeballs}), listens to its events, and shows what has happened.
 * There is no second implementation of the race here: {@code RaceRecorder} writes down what the
 * engine tells, {@code WatchedResolver} stands between the engine and the resolver. Runs in a JVM
 * of its own, never in a program's.
 *
 * <p>May import: the values and renderers of {@code agent.check}, {@code agent.config} and {@code
 * agent.resolve} for what the agent would do, and the engine.
 */
package io.heagent.agent.check;
