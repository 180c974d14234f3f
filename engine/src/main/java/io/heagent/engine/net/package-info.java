/**
 * Connecting, with the JDK's public NIO: one loop with one selector for all connects, the system's
 * resolver, and the race of one connect. Internal; programs use {@link
 * io.heagent.engine.HappyEyeballs}.
 *
 * <p>May import: {@code java.nio} and every room of the engine but the facade.
 */
package io.heagent.engine.net;
