package io.heagent.engine.resolve.shared;

import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.time.Scheduler;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One look-up of one name, for all connects that want it while it lasts. A look-up in the system's
 * resolver can hang for 15 s and cannot be interrupted, but a connect that waits for it must be
 * interruptible; so it waits here. {@link ResolutionCore} decides when the answers are enough for a
 * race (RFC 8305, section 3).
 *
 * <p>If too many other look-ups hang, this one waits for a thread; it is dropped when the last
 * caller leaves before it has begun. A caller that may block looks the name up on its own thread
 * after a while, see {@link #isHopeless}.
 *
 * <p>Lock: {@code lock} guards all fields that are not final. Inside it are taken only the
 * resolver's lock, that of the timers, and those that listeners take to wake a thread up; none of
 * these takes another. It is not a monitor, because a virtual thread that waits on a monitor is
 * pinned to its carrier (JDK 23 and older).
 */
public final class SharedLookup {

  /** A look-up that has waited for a thread for this long is given up by callers that may block. */
  public static final long PATIENCE_NANOS = 250_000_000L;

  /**
   * A look-up without any answer after this time is not joined any more: the next caller begins
   * another.
   */
  private static final long STUCK_NANOS = 2_000_000_000L;

  private final String host;
  private final Resolver resolver;
  private final Scheduler scheduler;
  private final LookupEnd end;
  private final long startedAt;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<LookupInterest> interests = new LinkedHashSet<>(2);
  private final ResolutionDriver driver;
  private boolean dropped;

  /**
   * Null until the resolver has been asked. Written once, by the thread that calls {@link #begin};
   * read by any thread.
   */
  private volatile Resolver.Query query;

  /**
   * Passes on what the driver has found: to the waiting threads, to the listeners, and to {@link
   * #end}.
   */
  private final class Wanted implements ResolutionDriver.Audience {
    @Override
    public void ended(Known last) {
      end.done(SharedLookup.this, last);
    }

    @Override
    public void changed() {
      changed.signalAll();
      for (LookupInterest interest : interests) {
        try {
          interest.tell();
        } catch (Throwable thrown) {
          driver.thrown(thrown);
        }
      }
    }
  }

  /**
   * A look-up that has not begun yet.
   *
   * @param preferred the family for which a race waits until the Resolution Delay has passed
   * @param delayNanos the Resolution Delay in nanoseconds, see {@link ResolutionCore}
   * @param faults takes what listeners and {@code end} throw, on the thread that called them,
   *     without the lock
   */
  public SharedLookup(
      String host,
      Resolver resolver,
      Question preferred,
      long delayNanos,
      Scheduler scheduler,
      LookupEnd end,
      Consumer<Throwable> faults) {
    this.host = host;
    this.resolver = resolver;
    this.scheduler = scheduler;
    this.end = end;
    this.startedAt = scheduler.now();
    ResolutionCore core = new ResolutionCore(resolver.questions(), preferred, delayNanos);
    this.driver = new ResolutionDriver(core, scheduler, lock, new Wanted(), faults);
  }

  /** The name that is looked up. */
  public String host() {
    return host;
  }

  /** Asks the resolver. Called once, by a caller that has joined. */
  public void begin() {
    try {
      query = resolver.resolve(host, driver);
    } catch (Throwable notAsked) {
      driver.notAsked(notAsked);
    }
  }

  /** What is known so far. */
  public Known known() {
    return driver.known();
  }

  /**
   * Joins this look-up.
   *
   * @param listener run by any thread, which holds the look-up's lock, each time more is known; it
   *     must do no more than wake a thread up
   * @return null if the look-up has been dropped, so that the caller must begin another
   */
  public LookupInterest join(Runnable listener) {
    LookupInterest interest = new LookupInterest(this, listener);
    lock.lock();
    try {
      return !dropped && interests.add(interest) ? interest : null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the look-up up for all callers: the resolver is told, and no listener is run any more.
   * Must not be called while {@link #begin} runs.
   */
  public void cancel() {
    giveUp(null);
  }

  /**
   * A caller leaves. If it was the last one, and the look-up still waits for a thread, the look-up
   * is dropped.
   */
  void leave(LookupInterest interest) {
    giveUp(interest);
  }

  /**
   * @param leaving the caller that leaves; null to give the look-up up for all
   */
  private void giveUp(LookupInterest leaving) {
    Resolver.Query unwanted = null;
    lock.lock();
    try {
      boolean nobody =
          leaving == null
              ? !known().done() && !dropped
              : interests.remove(leaving) && interests.isEmpty() && isQueued();
      if (nobody) {
        dropped = true;
        unwanted = query;
        driver.stop();
        end.dropped(this);
      }
    } finally {
      lock.unlock();
    }
    if (unwanted != null) {
      unwanted.cancel();
    }
  }

  /**
   * Waits until {@link #known} no longer equals {@code seen}, for at most {@code nanos}
   * nanoseconds.
   */
  public void await(Known seen, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (known().equals(seen) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isQueued() {
    Resolver.Query asked = query;
    return !known().done() && asked != null && asked.isQueued();
  }

  /** Whether a new caller should begin another look-up instead of joining this one. */
  public boolean isStuck() {
    return known().addresses().isEmpty() && age() >= STUCK_NANOS && !known().done() && !isQueued();
  }

  /**
   * Whether a caller that may block should look the name up on its own thread instead of waiting.
   */
  public boolean isHopeless() {
    Known now = known();
    return now.done() ? now.isBroken() : age() >= PATIENCE_NANOS && isQueued();
  }

  /** How long ago this look-up was made, in nanoseconds. */
  public long age() {
    return scheduler.now() - startedAt;
  }
}
