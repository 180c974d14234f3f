/**
 * An optional resolver for users of the engine: asks DNS servers itself, AAAA and A apart, which
 * public JDK API cannot. A module of its own because the engine has no dependency; the agent never
 * uses it, as programs are to see the names that their JVM sees.
 *
 * <p>May import the engine's {@code resolve} and {@code address}, and dnsjava.
 */
package io.heagent.dns;
