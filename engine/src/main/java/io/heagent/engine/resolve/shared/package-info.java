/**
 * One look-up of a name for all who want it while it lasts. {@link
 * io.heagent.engine.resolve.shared.SharedLookup} is what they join, {@link
 * io.heagent.engine.resolve.shared.Known} what has been found by now; what answers mean is left to
 * {@link io.heagent.engine.resolve.ResolutionCore}.
 *
 * <p>Thread-safe; no thread of its own, and time is the scheduler's. May import: {@code
 * engine.resolve}, {@code engine.time}, {@code java.net}'s address classes and {@code java.util}.
 */
package io.heagent.engine.resolve.shared;
