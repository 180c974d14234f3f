package io.heagent.agent.connect;

import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.ResolverOverflowException;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One look-up of one name, for all who want it while it lasts: a look-up in the system's resolver
 * can hang for 15 s and cannot be interrupted, a connect that waits for it must still be. What the
 * answers mean is the engine's {@link ResolutionCore}'s business (RFC 8305, section 3).
 *
 * <p>Where too many other look-ups hang, this one is refused. That says nothing about the name: it
 * is asked again a little later, and whoever may block looks up on its own thread in the end.
 *
 * <p>Lock: {@code lock} guards all that is not final; inside it only leaves are taken (the timers'
 * lock, the JDK's cache). It is no monitor, on which virtual threads would wait pinned.
 */
final class Lookup implements Resolver.Listener {

  /** How long a refused look-up waits before it is asked again. */
  static final long RETRY_NANOS = 50_000_000L;

  /** After this time in vain it is no use to wait for one's turn. */
  private static final long PATIENCE_NANOS = 250_000_000L;

  /** Who comes later than this to a look-up without any answer begins another. */
  private static final long STUCK_NANOS = 2_000_000_000L;

  /**
   * What is known by now; each change gives a new one.
   *
   * @param addresses in order of preference
   * @param settled whether a connect that has no address yet may begin, or never will
   * @param done whether nothing more will come
   * @param refused whether there was no room for a question, which is going to be asked again
   * @param failure why there is no address; null if there is one, or if the name has none
   */
  record Known(
      List<InetAddress> addresses,
      boolean settled,
      boolean done,
      boolean refused,
      Throwable failure) {

    static final Known NOTHING = new Known(List.of(), false, false, false, null);
  }

  /** Told once, when nothing more will come, before anybody else knows. */
  interface WhenDone {
    void ended(Lookup lookup, Known last);
  }

  final String host;
  final Question preferred;

  private final Resolver resolver;
  private final Scheduler scheduler;
  private final WhenDone whenDone;
  private final long startedAt;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Runnable> listeners = new ArrayList<>(1);
  private ResolutionCore core;
  private Scheduler.Timer timer;
  private boolean refused;

  /** Written under the lock, read by anybody. */
  private volatile Known known = Known.NOTHING;

  /**
   * Not begun yet.
   *
   * @param preferred the family that is worth the Resolution Delay
   */
  Lookup(
      String host, Resolver resolver, Question preferred, Scheduler scheduler, WhenDone whenDone) {
    this.host = host;
    this.resolver = resolver;
    this.preferred = preferred;
    this.scheduler = scheduler;
    this.whenDone = whenDone;
    this.startedAt = scheduler.now();
  }

  /** For a name whose addresses are known without a look-up. */
  static Known of(InetAddress[] addresses) {
    return new Known(List.of(addresses), true, true, false, null);
  }

  /** Asks; once, and again by itself when it was refused. */
  void begin() {
    lock.lock();
    try {
      if (refused) {
        refused = false;
        become(new Known(known.addresses(), known.settled(), false, false, null));
      }
      if (core == null) {
        core =
            new ResolutionCore(resolver.questions(), preferred, ResolutionCore.DEFAULT_DELAY_NANOS);
      }
    } finally {
      lock.unlock();
    }
    resolver.resolve(host, this);
  }

  @Override
  public void answer(Question question, List<InetAddress> addresses) {
    lock.lock();
    try {
      advance(core.answer(question, addresses, scheduler.now()));
    } finally {
      lock.unlock();
    }
    tell();
  }

  @Override
  public void failure(Question question, Throwable cause) {
    lock.lock();
    try {
      if (cause instanceof ResolverOverflowException) {
        refuse();
      } else {
        advance(core.failure(question, cause, scheduler.now()));
      }
    } finally {
      lock.unlock();
    }
    tell();
  }

  private void tick() {
    lock.lock();
    try {
      advance(core.tick(scheduler.now()));
    } finally {
      lock.unlock();
    }
    tell();
  }

  /** The question stays open. */
  private void refuse() {
    if (!refused && !known.done()) {
      refused = true;
      scheduler.schedule(scheduler.now() + RETRY_NANOS, this::begin);
      become(new Known(known.addresses(), known.settled(), false, true, null));
    }
  }

  private void advance(ResolutionCore.Step step) {
    if (known.done()) {
      return;
    }
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (core.wakeAt() != ResolutionCore.NEVER) {
      timer = scheduler.schedule(core.wakeAt(), this::tick);
    }
    boolean failed = step == ResolutionCore.Step.FAILED;
    boolean settled = known.settled() || failed || step == ResolutionCore.Step.START;
    List<Throwable> failures = core.failures();
    Throwable failure = failed && !failures.isEmpty() ? failures.get(0) : null;
    become(new Known(core.addresses(), settled, core.isDone(), refused, failure));
  }

  private void become(Known next) {
    if (next.done()) {
      whenDone.ended(this, next);
    }
    known = next;
    changed.signalAll();
  }

  private void tell() {
    List<Runnable> told;
    lock.lock();
    try {
      told = List.copyOf(listeners);
      if (known.done()) {
        listeners.clear();
      }
    } finally {
      lock.unlock();
    }
    for (Runnable listener : told) {
      try {
        listener.run();
      } catch (RuntimeException | Error unexpected) {
        Failures.unexpected(unexpected);
      }
    }
  }

  /** What is known by now. */
  Known known() {
    return known;
  }

  /** Runs something, on a thread of the look-up's, whenever more is known than now. */
  void whenChanged(Runnable listener) {
    lock.lock();
    try {
      listeners.add(listener);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something else is known, or the time is over. */
  void await(Known seen, long nanos) throws InterruptedException {
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

  /** Whether whoever comes now does better to ask anew. */
  boolean isStuck() {
    return known.addresses().isEmpty() && age() >= STUCK_NANOS;
  }

  /** Whether whoever may block does better to look up on its own thread. */
  boolean isHopeless() {
    return known.refused() && age() >= PATIENCE_NANOS;
  }

  /** How long ago it was begun, in nanoseconds. */
  long age() {
    return scheduler.now() - startedAt;
  }
}
