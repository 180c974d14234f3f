package io.heagent.engine.resolve.shared;

import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.time.Scheduler;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The look-ups under way, by name: a caller that wants a name that is being looked up joins that
 * look-up. Any thread may use it; it has no lock but those of the look-ups and of the bins of its
 * map.
 */
public final class LookupRegistry implements LookupSource, LookupEnd {

  private final Resolver resolver;
  private final Question preferred;
  private final Scheduler scheduler;
  private final BiConsumer<String, Known> whenDone;
  private final Consumer<Throwable> faults;

  /** The look-ups that have not ended. Any thread adds and removes. */
  private final ConcurrentHashMap<String, SharedLookup> underWay = new ConcurrentHashMap<>();

  /**
   * A registry with no look-up under way.
   *
   * @param preferred the family for which a race waits until the Resolution Delay has passed
   * @param whenDone takes the name and the final result of each look-up that ends, before any
   *     caller sees that result and before the look-up leaves this registry. The thread holds the
   *     look-up's lock; it must be short
   * @param faults takes what listeners and {@code whenDone} throw
   */
  public LookupRegistry(
      Resolver resolver,
      Question preferred,
      Scheduler scheduler,
      BiConsumer<String, Known> whenDone,
      Consumer<Throwable> faults) {
    this.resolver = resolver;
    this.preferred = preferred;
    this.scheduler = scheduler;
    this.whenDone = whenDone;
    this.faults = faults;
  }

  @Override
  public LookupInterest join(String host, Runnable listener) {
    while (true) {
      SharedLookup found = underWay.get(host);
      if (found != null && !found.isStuck()) {
        LookupInterest interest = found.join(listener);
        if (interest != null) {
          return interest;
        }
      }
      SharedLookup fresh = fresh(host);
      LookupInterest interest = fresh.join(listener);
      boolean mine =
          found == null
              ? underWay.putIfAbsent(host, fresh) == null
              : underWay.replace(host, found, fresh);
      if (mine) {
        fresh.begin();
        return interest;
      }
    }
  }

  private SharedLookup fresh(String host) {
    return new SharedLookup(
        host, resolver, preferred, ResolutionCore.DEFAULT_DELAY_NANOS, scheduler, this, faults);
  }

  @Override
  public void done(SharedLookup lookup, Known last) {
    try {
      whenDone.accept(lookup.host(), last);
    } finally {
      underWay.remove(lookup.host(), lookup);
    }
  }

  @Override
  public void dropped(SharedLookup lookup) {
    underWay.remove(lookup.host(), lookup);
  }
}
