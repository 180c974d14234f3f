package io.heagent.engine.loop;

import io.heagent.engine.time.DaemonThreads;
import java.nio.channels.Selector;

/** Event loops for tests. */
public final class Loops {
  private static final long BRIEF_NANOS = 50_000_000;

  private Loops() {}

  /** A loop whose thread ends soon after it has had nothing to do. */
  public static EventLoop briefly() {
    return new EventLoop("he-test-loop", BRIEF_NANOS, Selector::open, DaemonThreads.printing());
  }
}
