/**
 * Connecting, on public NIO: one loop thread with one selector for all races, the system's
 * resolver, and the race of one connect over them. Internal; {@link
 * io.heagent.engine.HappyEyeballs} is the way in.
 *
 * <p>May import: {@code java.nio} and every room of the engine but the facade.
 */
package io.heagent.engine.net;
