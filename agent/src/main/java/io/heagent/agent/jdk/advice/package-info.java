/**
 * The code that is woven into the JDK's connects, binds, look-ups and socket options. Each class
 * here belongs to one method of the JDK, which its Javadoc names. Byte Buddy copies the body of
 * {@code enter} to the beginning of that method, and the body of {@code exit} to its end. Each body
 * makes one static call of {@code sun.nio.ch.HeHook} or two, and decides as little as possible. The
 * classes themselves are never loaded. {@code Hook} lists which class is woven into which method.
 *
 * <p>The jar's patches are made of this code. Whoever changes a body must run {@code
 * scripts/corpus}; a change of a comment needs nothing.
 *
 * <p>May import Byte Buddy's annotations and the bridge.
 */
package io.heagent.agent.jdk.advice;
