/**
 * A race over anything that can be attempted and rolled back: {@link
 * io.heagent.engine.race.StaggeredRace} runs it, an {@link io.heagent.engine.race.AttemptSource}
 * supplies its attempts, {@link io.heagent.engine.race.RaceOptions} says how to race and {@link
 * io.heagent.engine.race.RaceResult} how the race ended.
 *
 * <p>The rules are {@code engine.core}'s. This room turns calls and timers into its events, one at
 * a time, and carries out what it decides.
 *
 * <p>May import: {@code engine.core}, {@code engine.time}; nothing that knows of addresses' order,
 * look-ups or sockets.
 */
package io.heagent.engine.race;
