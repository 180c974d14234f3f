/**
 * An optional resolver for users of the engine. It asks DNS servers itself, with separate queries
 * for AAAA and A, which the JDK's public API cannot do. It is a separate module because the engine
 * has no dependency. The agent never uses it, because a program must see the names that its JVM
 * resolves.
 *
 * <p>May import the engine's {@code resolve} and {@code address}, and dnsjava.
 */
package io.heagent.dns;
