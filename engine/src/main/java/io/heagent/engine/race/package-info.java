/**
 * A race over anything that can be attempted and rolled back: {@link
 * io.heagent.engine.race.StaggeredRace} runs it, an {@link io.heagent.engine.race.AttemptSource}
 * supplies its attempts, {@link io.heagent.engine.race.RaceOptions} says how to race and {@link
 * io.heagent.engine.race.RaceResult} how the race ended.
 *
 * <p>{@code engine.core} has the rules. This package turns calls and timers into events for it, one
 * at a time, and carries out its actions.
 *
 * <p>May import: {@code engine.core}, {@code engine.time}; nothing that knows the order of
 * addresses, look-ups or sockets.
 */
package io.heagent.engine.race;
