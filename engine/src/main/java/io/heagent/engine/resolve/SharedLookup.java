package io.heagent.engine.resolve;

import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
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
 * <p>Whatever fails here, for want of memory or of a thread, ends or settles the look-up: nobody
 * waits for what will not come.
 *
 * <p>Lock: {@code lock} guards all that is not final. Inside it only leaves are taken: the
 * resolver's lock and the timers', and what the listeners take, which only wake somebody up. It is
 * no monitor, on which virtual threads would wait pinned.
 */
public final class SharedLookup implements Resolver.Listener {

  /** After this time in vain it is no use to wait for one's turn. */
  public static final long PATIENCE_NANOS = 250_000_000L;

  /** Who comes later than this to a look-up without any answer begins another. */
  private static final long STUCK_NANOS = 2_000_000_000L;

  /**
   * What is known by now; each change gives a new one.
   *
   * @param addresses in order of preference
   * @param settled whether a connect that has no address yet may begin, or never will
   * @param done whether nothing more will come
   * @param failures why questions have no answer; empty if there is no trouble, or if the name
   *     simply has no address
   */
  public record Known(
      List<InetAddress> addresses, boolean settled, boolean done, List<Throwable> failures) {

    /** Before any answer. */
    public static final Known NOTHING = new Known(List.of(), false, false, List.of());

    private static final Known LOST =
        new Known(List.of(), true, true, List.of(new IllegalStateException("no memory")));

    /** For a name whose addresses are known without a look-up. */
    public static Known of(List<InetAddress> addresses) {
      return new Known(addresses, true, true, List.of());
    }

    /**
     * Whether something else than the name is the trouble: a question was not even asked, or who
     * was to answer broke.
     */
    public boolean isBroken() {
      for (Throwable failure : failures) {
        if (failure instanceof ResolverOverflowException
            || !(failure instanceof UnknownHostException)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Told once, by whichever thread, under the look-up's lock; must be short. */
  public interface End {

    /** Nothing more will come. Nobody else knows yet what is known last. */
    void done(SharedLookup lookup, Known last);

    /** Nobody has wanted it before it began: it never will. */
    void dropped(SharedLookup lookup);
  }

  private final String host;
  private final Question preferred;
  private final Resolver resolver;
  private final Scheduler scheduler;
  private final End end;
  private final Consumer<Throwable> faults;
  private final long startedAt;
  private final ResolutionCore core;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Interest> interests = new LinkedHashSet<>(2);
  private Scheduler.Timer timer;
  private boolean dropped;

  /** What a listener has thrown, to be told of without the lock. */
  private Throwable fault;

  /** Written under the lock, read by anybody. Null before the resolver has been asked. */
  private volatile Resolver.Query query;

  /** Written under the lock, read by anybody. */
  private volatile Known known = Known.NOTHING;

  /** One who wants the answer. */
  public final class Interest {
    private final Runnable listener;

    private Interest(Runnable listener) {
      this.listener = listener;
    }

    /** What it is for. */
    public SharedLookup lookup() {
      return SharedLookup.this;
    }

    /** Wants it no more: the listener is not run any more. Again it does nothing. */
    public void leave() {
      SharedLookup.this.leave(this);
    }
  }

  /** With RFC 8305's own Resolution Delay. */
  public SharedLookup(
      String host,
      Resolver resolver,
      Question preferred,
      Scheduler scheduler,
      End end,
      Consumer<Throwable> faults) {
    this(host, resolver, preferred, ResolutionCore.DEFAULT_DELAY_NANOS, scheduler, end, faults);
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
      End end,
      Consumer<Throwable> faults) {
    this.host = host;
    this.resolver = resolver;
    this.preferred = preferred;
    this.scheduler = scheduler;
    this.end = end;
    this.faults = faults;
    this.startedAt = scheduler.now();
    this.core = new ResolutionCore(resolver.questions(), preferred, delayNanos);
  }

  /** The name. */
  public String host() {
    return host;
  }

  /** The family that is worth the Resolution Delay. */
  public Question preferred() {
    return preferred;
  }

  /** Asks. To be called once, by one who has joined. */
  public void begin() {
    try {
      query = resolver.resolve(host, this);
    } catch (Throwable notAsked) {
      lock.lock();
      try {
        lose(notAsked);
      } finally {
        unlock();
      }
    }
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

  private boolean isOpen() {
    return !known.done() && !dropped;
  }

  /** What listeners have thrown is told of when the lock is free. */
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
        end.done(this, next);
      } catch (Throwable thrown) {
        fault = thrown;
      }
    }
    known = next;
    changed.signalAll();
    for (Interest interest : interests) {
      try {
        interest.listener.run();
      } catch (Throwable thrown) {
        fault = thrown;
      }
    }
  }

  /** What is known by now. */
  public Known known() {
    return known;
  }

  /**
   * Wants the answer from now on.
   *
   * @param listener run, by whichever thread, under the look-up's lock, whenever more is known than
   *     now; must do no more than wake somebody up
   * @return null if the look-up has been dropped: another one is to be begun
   */
  public Interest join(Runnable listener) {
    Interest interest = new Interest(listener);
    lock.lock();
    try {
      if (dropped) {
        return null;
      }
      interests.add(interest);
    } finally {
      lock.unlock();
    }
    return interest;
  }

  /** Who knows all needs no place in a row: what runs goes on, what waits does not begin. */
  private void leave(Interest interest) {
    Resolver.Query unwanted = null;
    lock.lock();
    try {
      if (interests.remove(interest) && interests.isEmpty() && isQueued()) {
        dropped = true;
        unwanted = query;
        stopTimer();
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
   * Gives it up for all who want it: the resolver is told, and the listeners hear nothing more. Not
   * while {@link #begin} runs.
   */
  public void cancel() {
    Resolver.Query unwanted = null;
    lock.lock();
    try {
      if (isOpen()) {
        dropped = true;
        unwanted = query;
        stopTimer();
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
      while (known.equals(seen) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isQueued() {
    Resolver.Query asked = query;
    return !known.done() && asked != null && asked.isQueued();
  }

  /** Whether whoever comes now does better to ask anew. */
  public boolean isStuck() {
    return known.addresses().isEmpty() && age() >= STUCK_NANOS && !known.done() && !isQueued();
  }

  /** Whether whoever may block does better to look up on its own thread. */
  public boolean isHopeless() {
    Known now = known;
    return now.done() ? now.isBroken() : age() >= PATIENCE_NANOS && isQueued();
  }

  /** How long ago it was begun, in nanoseconds. */
  public long age() {
    return scheduler.now() - startedAt;
  }
}
