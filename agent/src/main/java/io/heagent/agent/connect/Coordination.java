package io.heagent.agent.connect;

import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.RefusalStreaks;

/** What all races of this JVM share to coordinate. Loaded when the first race needs any of it. */
final class Coordination {

  static final AttemptLimiter LIMITER = new AttemptLimiter(LoopTime.INSTANCE);

  static final RefusalStreaks REFUSALS = new RefusalStreaks();

  private Coordination() {}
}
