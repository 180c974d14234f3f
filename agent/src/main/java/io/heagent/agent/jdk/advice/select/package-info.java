/**
 * The code that is woven into the JDK's selectors and channel groups. It tells a race what they see
 * of the program's channel, and hides from the program what is not yet the outcome. Each body makes
 * one static call of {@code sun.nio.ch.HeSelect}, which returns at once while no channel is racing.
 * The rules of {@code jdk.advice} apply here too.
 *
 * <p>May import Byte Buddy's annotations and the bridge.
 */
package io.heagent.agent.jdk.advice.select;
