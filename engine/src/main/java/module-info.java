/**
 * Happy Eyeballs (RFC 8305) as a library. {@link io.heagent.engine.HappyEyeballs} connects; {@link
 * io.heagent.engine.race.StaggeredRace} races anything else that can be attempted and rolled back.
 *
 * <p>What is not exported carries these out, or is the agent's share of the engine, and may change
 * at any time.
 */
module io.heagent.engine {
  exports io.heagent.engine;
  exports io.heagent.engine.address;
  exports io.heagent.engine.core;
  exports io.heagent.engine.history;
  exports io.heagent.engine.order;
  exports io.heagent.engine.race;
  exports io.heagent.engine.resolve;
  exports io.heagent.engine.time;
}
