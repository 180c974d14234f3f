package io.heagent.engine.resolve.shared;

import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Feeds the {@link ResolutionCore} of one shared look-up with what the resolver answers and with
 * the time, and says what is known by then. What breaks on the way, for want of memory or of a
 * timer, ends or settles the look-up: nobody waits for what will not come.
 *
 * <p>Lock: that of its {@link SharedLookup} guards all that is not final.
 */
final class ResolutionDriver implements Resolver.Listener {

  /** Told under the lock. */
  interface Audience {

    /** Nothing more will come; not even {@link #known} says so yet. May throw. */
    void ended(Known last);

    /** Something else is known. Throws nothing. */
    void changed();
  }

  private final ResolutionCore core;
  private final Scheduler scheduler;
  private final ReentrantLock lock;
  private final Audience audience;
  private final Consumer<Throwable> faults;

  private Scheduler.Timer timer;
  private boolean stopped;

  /** What somebody has thrown who was told something, to be reported without the lock. */
  private Throwable fault;

  /** Written under the lock, read by anybody. */
  private volatile Known known = Known.NOTHING;

  ResolutionDriver(
      ResolutionCore core,
      Scheduler scheduler,
      ReentrantLock lock,
      Audience audience,
      Consumer<Throwable> faults) {
    this.core = core;
    this.scheduler = scheduler;
    this.lock = lock;
    this.audience = audience;
    this.faults = faults;
  }

  /** What is known by now. Any thread. */
  Known known() {
    return known;
  }

  @Override
  public void answer(Question question, List<InetAddress> addresses) {
    lock.lock();
    try {
      if (isOpen()) {
        advance(core.answer(question, addresses, scheduler.now()));
      }
    } catch (Throwable broken) {
      lose(broken);
    } finally {
      unlock();
    }
  }

  @Override
  public void failure(Question question, Throwable cause) {
    lock.lock();
    try {
      if (isOpen()) {
        advance(core.failure(question, cause, scheduler.now()));
      }
    } catch (Throwable broken) {
      lose(broken);
    } finally {
      unlock();
    }
  }

  private void tick() {
    lock.lock();
    try {
      if (isOpen()) {
        advance(core.tick(scheduler.now()));
      }
    } catch (Throwable broken) {
      lose(broken);
    } finally {
      unlock();
    }
  }

  /** The resolver could not even be asked. */
  void notAsked(Throwable why) {
    lock.lock();
    try {
      lose(why);
    } finally {
      unlock();
    }
  }

  /** Nobody wants it any more; under the lock. */
  void stop() {
    stopped = true;
    stopTimer();
  }

  /** Somebody who was told something has thrown this; under the lock. */
  void thrown(Throwable byListener) {
    fault = byListener;
  }

  private boolean isOpen() {
    return !known.done() && !stopped;
  }

  private void unlock() {
    Throwable thrown = fault;
    fault = null;
    lock.unlock();
    if (thrown != null) {
      faults.accept(thrown);
    }
  }

  private void advance(ResolutionCore.Step step) {
    ResolutionCore.Step last = step;
    stopTimer();
    if (core.wakeAt() != ResolutionCore.NEVER) {
      try {
        timer = scheduler.schedule(core.wakeAt(), this::tick);
      } catch (Throwable noTimer) {
        // The family that is late is not waited for: it joins.
        last = core.tick(core.wakeAt());
      }
    }
    boolean settled =
        known.settled() || last == ResolutionCore.Step.FAILED || last == ResolutionCore.Step.START;
    become(new Known(core.addresses(), settled, core.isDone(), core.failures()));
  }

  /** Something broke: with what is known already the look-up is over. */
  private void lose(Throwable broken) {
    if (!isOpen()) {
      return;
    }
    Known last = Known.LOST;
    try {
      last = new Known(known.addresses(), true, true, List.of(broken));
    } catch (Throwable noMemory) {
      fault = noMemory;
    }
    become(last);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void become(Known next) {
    if (next.done()) {
      try {
        stopTimer();
        audience.ended(next);
      } catch (Throwable thrown) {
        fault = thrown;
      }
    }
    known = next;
    audience.changed();
  }
}
