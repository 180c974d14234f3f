/**
 * One look-up of a name for all connects that want it while it lasts. They join a {@link
 * io.heagent.engine.resolve.shared.SharedLookup}; {@link io.heagent.engine.resolve.shared.Known} is
 * what it has found so far. {@link io.heagent.engine.resolve.ResolutionCore} decides when a race
 * may start.
 *
 * <p>Thread-safe; it starts no thread, and takes the time from a {@link
 * io.heagent.engine.time.Scheduler}.
 *
 * <p>May import: {@code engine.resolve}, {@code engine.time}, {@code java.net}'s address classes
 * and {@code java.util}.
 */
package io.heagent.engine.resolve.shared;
