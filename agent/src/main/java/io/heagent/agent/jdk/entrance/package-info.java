/**
 * How a start gets into the JDK's own package {@code sun.nio.ch} without opening it. {@code
 * Entrance} is the agent's side; what it relies on in the JDK, {@code EntranceWeaver} weaves ahead.
 * Where that is not to be had, {@code BridgeInstaller} opens the package.
 *
 * <p>May import {@code weaving} and Byte Buddy, which the start itself does not load.
 */
package io.heagent.agent.jdk.entrance;
