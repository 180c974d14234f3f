/**
 * Happy Eyeballs (RFC 8305) as a library. {@link io.heagent.engine.HappyEyeballs} connects; {@link
 * io.heagent.engine.race.StaggeredRace} races anything else that can be attempted and rolled back.
 *
 * <p>Conventions. Nothing is null, neither taken nor given, unless the documentation of a parameter
 * or a result says so; a null where none is allowed is refused by a {@link NullPointerException}.
 * Times in {@code long}s are nanoseconds: either the documentation says so, or the name ends with
 * {@code Nanos}. A value that is out of range is refused by an {@link IllegalArgumentException}
 * that names the setting, the value and what is allowed. The documentation of each type says which
 * threads may use it; any thread may use an immutable type.
 *
 * <p>The packages that are not exported carry out what the exported ones promise, or serve the
 * agent only. They may change at any time.
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
