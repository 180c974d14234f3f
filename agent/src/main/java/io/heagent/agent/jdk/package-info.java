/**
 * How the agent gets into a JVM: what the JDK at hand must have, the bridge inside java.base, and
 * the installation of both. Which methods are woven and how is the room {@code weaving} below it,
 * what is woven into them is {@code advice}. Beside these only {@code src/bridge}, which is that
 * bridge, knows the JDK's insides.
 *
 * <p>A start on a JDK that there are patches for ({@code agent.patch}) goes from {@code
 * Installation} to {@code ThisBuild} and {@code PatchedClasses}, and loads nothing else of this
 * room but the bridge's first two classes; every other one goes to {@code WeavingInstallation}.
 *
 * <p>May import {@code weaving}, {@code patch}, {@code log} and {@code sun.nio.ch.He*}.
 */
package io.heagent.agent.jdk;
