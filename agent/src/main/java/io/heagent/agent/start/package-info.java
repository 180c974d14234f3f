/**
 * Puts the agent together at start: settings, checks of the JDK, weaving, hooks; it also has the
 * command line and its usage text.
 *
 * <p>May import {@code check}, {@code command}, {@code config}, {@code config.rule}, {@code
 * connect}, {@code connect.call}, {@code control}, {@code jdk}, {@code jdk.weaving}, {@code log},
 * {@code netty}, {@code patch} and the engine's {@code report}. No room imports it.
 */
package io.heagent.agent.start;
