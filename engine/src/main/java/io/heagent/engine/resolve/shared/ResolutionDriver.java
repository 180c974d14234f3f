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
 * Passes the resolver's answers and the time to the {@link ResolutionCore} of one shared look-up,
 * and publishes what is known so far. If a step fails because no memory or no timer is left, the
 * look-up ends with what is known, or settles without the timer, so that no caller waits for an
 * answer that will not come.
 *
 * <p>Lock: the lock of the {@link SharedLookup} guards all fields that are not final.
 */
final class ResolutionDriver implements Resolver.Listener {

  /** Is told of changes by a thread that holds the lock. */
  interface Audience {

    /** No further answer will come. {@link #known} still returns the result before. May throw. */
    void ended(Known last);

    /** {@link #known} has changed. Must not throw. */
    void changed();
  }

  private final ResolutionCore core;
  private final Scheduler scheduler;
  private final ReentrantLock lock;
  private final Audience audience;
  private final Consumer<Throwable> faults;

  private Scheduler.Timer timer;
  private boolean stopped;

  /** What a listener has thrown. It is reported after the lock has been released. */
  private Throwable fault;

  /** Written under the lock, read by any thread. */
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

  /** What is known so far. Any thread. */
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

  /** The resolver could not be asked. */
  void notAsked(Throwable why) {
    lock.lock();
    try {
      lose(why);
    } finally {
      unlock();
    }
  }

  /** No caller wants the look-up any more. The caller of this method holds the lock. */
  void stop() {
    stopped = true;
    stopTimer();
  }

  /** Notes what a listener has thrown. The caller of this method holds the lock. */
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
        // Without a timer the race does not wait for the late family; its addresses join when they
        // come.
        last = core.tick(core.wakeAt());
      }
    }
    boolean settled =
        known.settled() || last == ResolutionCore.Step.FAILED || last == ResolutionCore.Step.START;
    become(new Known(core.addresses(), settled, core.isDone(), core.failures()));
  }

  /** A step has failed: the look-up ends with what is known already. */
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
