/**
 * How the agent gets into a JVM: what the JDK at hand must have, the bridge inside java.base, and
 * the installation of both. Which methods are woven and how is the room {@code weaving} below it,
 * what is woven into them is {@code advice}. Beside these only {@code src/bridge}, which is that
 * bridge, knows the JDK's insides.
 *
 * <p>May import {@code weaving}, {@code log} and {@code sun.nio.ch.He*}.
 */
package io.heagent.agent.jdk;
