package io.heagent.agent.observe;

import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.FlightRecorder;

/**
 * Counts what becomes of connects, and passes it on to a flight recording while there is one. Any
 * thread; it has no lock but the one under which the recording is made.
 */
public final class Observer {

  /**
   * One in so many of the connects that are left alone for the same reason looks whether the JVM
   * has a flight recorder. Besides, one connect a second looks, but none in the first second. Not
   * every connect looks, because that loads a class, and a short program that races nothing should
   * load none.
   */
  private static final long LOOK_EVERY = 64;

  /**
   * The time from one look for the program's MBeanServer to the next, and from one look for a
   * flight recorder by a connect that is left alone to the next.
   */
  private static final long LOOK_NANOS = 1_000_000_000L;

  /** By the places in {@link Count}. Any thread adds. */
  private final AtomicLong[] counts = new AtomicLong[Count.PLACES];

  /** Makes the recording, and calls {@link #recordTo}. */
  private final Runnable whenRecorded;

  /** Null before the JVM has a flight recorder, and after the end. Written under the monitor. */
  private volatile Recording recording;

  /** Whether the agent has left this JVM. Guarded by the monitor. */
  private boolean ended;

  /**
   * When to look next whether the program has an MBeanServer; {@link Long#MAX_VALUE} for never
   * again. The first look is not made at once, because a JVM's first races would have to load the
   * classes for it. Any thread writes it.
   */
  private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + LOOK_NANOS);

  /**
   * When a connect that is left alone looks next for a flight recorder. Any thread writes it; it
   * does no harm if two look at the same time.
   */
  private volatile long nextRecorderLook = nextLook.get();

  /** Whether this JVM lacks the module jdk.jfr. Any thread writes it. */
  private volatile boolean isWithoutRecorder;

  /**
   * An observer that has counted nothing yet.
   *
   * @param whenRecorded run once the JVM has a flight recorder; it is to call {@link #recordTo}
   */
  public Observer(Runnable whenRecorded) {
    this.whenRecorded = whenRecorded;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new AtomicLong();
    }
  }

  /** The agent leaves this JVM: nothing is recorded any more. */
  public void end() {
    Recording made;
    synchronized (this) {
      ended = true;
      isWithoutRecorder = true;
      made = recording;
      recording = null;
    }
    if (made != null) {
      made.end();
    }
  }

  private void add(int what, long more) {
    counts[what].getAndAdd(more);
  }

  /** What stands at a place of {@link Count}. */
  long get(int what) {
    return counts[what].get();
  }

  /** A connect is left to the JDK. */
  public void leftAlone(Reason why, InetSocketAddress target) {
    long before = counts[Count.LEFT_ALONE + why.place()].getAndIncrement();
    Recording told = recording;
    if (told == null
        && !isWithoutRecorder
        && (before % LOOK_EVERY == LOOK_EVERY - 1 || isRecorderLookDue(System.nanoTime()))) {
      told = recording();
    }
    if (told != null) {
      told.leftAlone(target, why);
    }
    if (Log.isDebug()) {
      LeftAloneLine.print(target, why);
    }
  }

  /** Whether a connect that is left alone now is to look for a flight recorder. */
  boolean isRecorderLookDue(long now) {
    if (now - nextRecorderLook < 0) {
      return false;
    }
    nextRecorderLook = now + LOOK_NANOS;
    return true;
  }

  /**
   * A connect that is to be raced begins.
   *
   * @param kind of the program's socket
   * @return what is to be told of the race; null where nothing is recorded
   */
  public RaceTrace begin(String host, int port, String kind) {
    Recording told = recording();
    return told == null ? null : told.race(host, port, kind);
  }

  /**
   * Whether the connect that begins now is to look for the program's MBeanServer: one a second is.
   */
  public boolean isLookDue(long now) {
    long due = nextLook.get();
    return due != Long.MAX_VALUE && now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_NANOS);
  }

  /** From now on no connect looks for the MBeanServer. */
  public void endLooking() {
    nextLook.set(Long.MAX_VALUE);
  }

  /** A look-up begins; null where nothing is recorded. */
  public LookupTrace lookup(String host) {
    Recording told = recording();
    return told == null ? null : told.lookup(host);
  }

  /** The scope guard has kept a race from addresses that it could have used. */
  public void guarded(int addresses) {
    add(Count.GUARD_REFUSALS, addresses);
  }

  /**
   * A race has been won.
   *
   * @param rank of the winner's attempt in start order, from 0
   */
  public void won(int rank, InetAddress winner) {
    add(Count.RACES, 1);
    add(rank == 0 ? Count.WON_FIRST : rank == 1 ? Count.WON_SECOND : Count.WON_LATER, 1);
    add(winner instanceof Inet4Address ? Count.WON_IPV4 : Count.WON_IPV6, 1);
  }

  /** A race has ended without a connection; {@code failed} where the program did not end it. */
  public void lost(boolean failed) {
    add(Count.RACES, 1);
    add(failed ? Count.FAILED : Count.CANCELLED, 1);
  }

  /**
   * What else is to be said of a race that has ended.
   *
   * @param stoodDown whether it has left the other addresses to a program that races by itself
   * @param reordered whether it has begun with another address than the requested one
   * @param extraAttempts how many attempts the program would not have made
   */
  public void noted(boolean stoodDown, boolean reordered, int extraAttempts) {
    // Mostly there is nothing to add, and a place may be shared by all processors.
    if (stoodDown) {
      add(Count.STOOD_DOWN, 1);
    }
    if (reordered) {
      add(Count.REORDERED, 1);
    }
    if (extraAttempts > 0) {
      add(Count.EXTRA_ATTEMPTS, extraAttempts);
    }
  }

  /**
   * A race was won by another address than the requested one.
   *
   * @param refused whether the requested address has failed; otherwise it was silent
   * @param tookNanos how long the race took
   * @param timeoutNanos the program's timeout; 0 or less for none
   */
  public void gained(boolean refused, long tookNanos, long timeoutNanos) {
    if (refused) {
      add(Count.FAILURES_AVOIDED, 1);
    } else {
      add(Count.SAVED_MILLIS, SavedTime.millis(tookNanos, timeoutNanos));
    }
  }

  /** Null while the JVM has no flight recorder. Never makes it have one. */
  private Recording recording() {
    Recording made = recording;
    if (made != null || isWithoutRecorder) {
      return made;
    }
    try {
      return FlightRecorder.isInitialized() ? makeRecording() : null;
    } catch (LinkageError absent) {
      // There is no module jdk.jfr. It is not asked for again.
      isWithoutRecorder = true;
      return null;
    } catch (RuntimeException | Error unexpected) {
      Faults.ignored(unexpected);
      return null;
    }
  }

  /** Makes the recording, unless there is one, or the agent has left. */
  synchronized Recording makeRecording() {
    if (recording == null && !ended) {
      whenRecorded.run();
    }
    return recording;
  }

  /** From now on this recording is told. */
  public void recordTo(Recording begun) {
    recording = begun;
  }
}
