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
 * One look-up of one name, for all who want it while it lasts: a look-up in the system's resolver
 * can hang for 15 s and cannot be interrupted, a connect that waits for it must still be. What the
 * answers mean is {@link ResolutionCore}'s business (RFC 8305, section 3).
 *
 * <p>Where too many other look-ups hang, this one waits for its turn, and is dropped when the last
 * one who wants it leaves before that. Whoever may block looks up on its own thread in the end.
 *
 * <p>Lock: {@code lock} guards all that is not final. Inside it only leaves are taken: the
 * resolver's lock and the timers', and what the listeners take, which only wake somebody up. It is
 * no monitor, on which virtual threads would wait pinned.
 */
public final class SharedLookup {

  /** After this time in vain it is no use to wait for one's turn. */
  public static final long PATIENCE_NANOS = 250_000_000L;

  /** Who comes later than this to a look-up without any answer begins another. */
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

  /** Written under the lock, read by anybody. Null before the resolver has been asked. */
  private volatile Resolver.Query query;

  /** Tells those who wait, and the end, of what the driver has found. */
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
   * Not begun yet.
   *
   * @param preferred the family that is worth the Resolution Delay
   * @param delayNanos Resolution Delay, see {@link ResolutionCore}
   * @param faults takes what listeners and the end throw, which is nobody's business here
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

  /** The name. */
  public String host() {
    return host;
  }

  /** Asks. To be called once, by one who has joined. */
  public void begin() {
    try {
      query = resolver.resolve(host, driver);
    } catch (Throwable notAsked) {
      driver.notAsked(notAsked);
    }
  }

  /** What is known by now. */
  public Known known() {
    return driver.known();
  }

  /**
   * Wants the answer from now on.
   *
   * @param listener run, by whichever thread, under the look-up's lock, whenever more is known than
   *     now; must do no more than wake somebody up
   * @return null if the look-up has been dropped: another one is to be begun
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
   * Gives it up for all who want it: the resolver is told, and the listeners hear nothing more. Not
   * while {@link #begin} runs.
   */
  public void cancel() {
    giveUp(null);
  }

  /** One who wants it leaves. Where it waits for its turn, and nobody else wants it, it is over. */
  void leave(LookupInterest interest) {
    giveUp(interest);
  }

  /**
   * @param leaving who knows all, and needs no place in a row; null for all who want it
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

  /** Waits until something else is known, or the time is over. */
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

  /** Whether whoever comes now does better to ask anew. */
  public boolean isStuck() {
    return known().addresses().isEmpty() && age() >= STUCK_NANOS && !known().done() && !isQueued();
  }

  /** Whether whoever may block does better to look up on its own thread. */
  public boolean isHopeless() {
    Known now = known();
    return now.done() ? now.isBroken() : age() >= PATIENCE_NANOS && isQueued();
  }

  /** How long ago it was begun, in nanoseconds. */
  public long age() {
    return scheduler.now() - startedAt;
  }
}
