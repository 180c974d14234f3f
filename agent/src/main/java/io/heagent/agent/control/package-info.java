/**
 * Answers what people ask of a running agent: its status, changed rules, a forgotten history, and
 * that it leave. It runs in the JVM of the program, and none of it is loaded before somebody asks.
 *
 * <p>May import {@code config}, {@code connect}, {@code connect.selection}, {@code observe}, {@code
 * log} and the engine's {@code time}.
 */
package io.heagent.agent.control;
