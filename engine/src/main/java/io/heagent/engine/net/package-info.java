/**
 * Connecting, on public NIO: one loop thread with one selector for all races, the system's
 * resolver, and the race of one connect over them. Internal; {@link
 * io.heagent.engine.HappyEyeballs} is the way in.
 *
 * <p>May import: {@code java.nio}, the race types of {@code io.heagent.engine} (not the facade),
 * {@code engine.address}, {@code engine.resolve}, {@code engine.history}, {@code engine.report},
 * {@code engine.core}, {@code engine.time}.
 */
package io.heagent.engine.net;
