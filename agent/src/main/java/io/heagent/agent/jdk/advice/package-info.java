/**
 * What is woven into the JDK's connects, binds, look-ups and socket options: one static call of
 * {@code sun.nio.ch.HeHook} each. The classes are never loaded, only their code is copied.
 *
 * <p>May import Byte Buddy's annotations and the bridge.
 */
package io.heagent.agent.jdk.advice;
