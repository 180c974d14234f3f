/**
 * {@code java -jar he-agent.jar check HOST[:PORT] ...}: races the addresses of a host by the engine
 * ({@link io.heagent.engine.HappyEyeballs}), listens to its events, and shows what has happened.
 * The race is implemented in the engine only: {@code RaceRecorder} records what the engine reports,
 * and {@code WatchedResolver} stands between the engine and the resolver. The command runs in a JVM
 * of its own, never in a program's.
 *
 * <p>May import: the values and renderers of {@code agent.check}, {@code agent.config}, {@code
 * agent.config.rule} and {@code agent.resolve} for what the agent would do, and the engine.
 */
package io.heagent.agent.check;
