/**
 * What is woven into the JDK's selectors and channel groups, so that a race is told what they see
 * of the program's channel: one static call of {@code sun.nio.ch.HeSelect} each. The classes are
 * never loaded, only their code is copied.
 *
 * <p>May import Byte Buddy's annotations and the bridge.
 */
package io.heagent.agent.jdk.advice.select;
