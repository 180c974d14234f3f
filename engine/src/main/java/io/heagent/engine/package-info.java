/**
 * The entry point for programs: {@link io.heagent.engine.HappyEyeballs} connects to a host as RFC
 * 8305 describes. To race anything else that can be attempted and rolled back, see {@link
 * io.heagent.engine.race.StaggeredRace}.
 *
 * <p>May import: the rooms of the engine that its signatures name ({@code engine.address}, {@code
 * engine.history}, {@code engine.race}, {@code engine.resolve}), and {@code engine.net}, which
 * carries a connect out. No other room imports this one.
 */
package io.heagent.engine;
