package io.heagent.agent.connect.candidates;

import io.heagent.agent.resolve.SiteFiles;
import io.heagent.engine.order.SiteNames;
import java.util.ArrayList;
import java.util.List;

/** A system whose names under corp.example are the site's own, once a test has the files read. */
final class FakeSite implements SiteFiles.Site {

  /** What would run on another thread. */
  final List<Runnable> reads = new ArrayList<>();

  /** What would run when nobody has read the files in time. */
  final List<Runnable> timers = new ArrayList<>();

  SiblingGuard guard() {
    return new SiblingGuard(new SiteFiles(this));
  }

  @Override
  public long now() {
    return 0;
  }

  @Override
  public void at(long nanos, Runnable task) {
    timers.add(task);
  }

  @Override
  public void apart(Runnable task) {
    reads.add(task);
  }

  @Override
  public SiteNames read() {
    return SiteNames.of(List.of("search corp.example"), List.of());
  }
}
