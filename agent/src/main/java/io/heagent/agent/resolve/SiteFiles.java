package io.heagent.agent.resolve;

import io.heagent.agent.log.Faults;
import io.heagent.engine.order.SiteNames;
import io.heagent.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells which names are the site's own, by their form or by the system's {@code resolv.conf} and
 * hosts file. A daemon thread reads the files when a race first needs to know, and again when what
 * is known is old. Neither a thread that connects nor an event loop waits for that: a caller that
 * gets no answer asks again later, or is told. If there is no answer for {@link #PATIENCE_NANOS} (a
 * file on a network that is down), the previous answer applies.
 *
 * <p>Lock: this object's monitor guards the list of waiting callers and whether a thread is
 * reading; nothing is called while it is held. What is known is written under it and read by any
 * thread without it.
 */
public final class SiteFiles {

  /** The files are not read again before this time has passed. */
  public static final long FRESH_NANOS = 10_000_000_000L;

  /** How long callers wait for an answer. */
  public static final long PATIENCE_NANOS = 100_000_000L;

  /** What is known of a name. */
  public enum Answer {
    OWN,
    STRANGE,
    /** The files have not been read yet. */
    UNKNOWN
  }

  /** What this class asks of the system. */
  public interface Site {

    /** The time, by {@link System#nanoTime}. */
    long now();

    /** Runs a task at a time. */
    void at(long nanos, Runnable task);

    /** Runs a task that may take long on a thread of its own. May throw. */
    void apart(Runnable task);

    /** Reads the files. */
    SiteNames read();
  }

  private record Known(SiteNames names, long at) {}

  private final Site site;
  private final List<Runnable> waiting = new ArrayList<>(1);

  /** Null until the files have been read. */
  private volatile Known known;

  private boolean reading;
  private long readingSince;

  public SiteFiles(Site site) {
    this.site = site;
  }

  /**
   * Makes the object for this system. It is made here, so that the JVM can verify the caller
   * without loading {@link SystemSite} or the interface {@link Site}.
   */
  public static SiteFiles ofSystem(Scheduler time) {
    return new SiteFiles(new SystemSite(time));
  }

  /**
   * Whether a name is the site's own. Never waits.
   *
   * @param whenKnown run by another thread when an answer of UNKNOWN may have changed; null for
   *     nothing
   */
  public Answer isOwn(String host, Runnable whenKnown) {
    if (SiteNames.isOwnByForm(host)) {
      return Answer.OWN;
    }
    long now = site.now();
    Known present = known;
    if (present != null && now - present.at < FRESH_NANOS) {
      return answer(present, host);
    }
    long since = begin(now, whenKnown);
    present = known;
    if (now - since >= PATIENCE_NANOS || (present != null && now - present.at < FRESH_NANOS)) {
      return answer(present, host);
    }
    if (whenKnown != null) {
      askAgain(since + PATIENCE_NANOS, whenKnown);
    }
    return Answer.UNKNOWN;
  }

  private void askAgain(long at, Runnable whenKnown) {
    try {
      site.at(at, whenKnown);
    } catch (RuntimeException | Error noTimer) {
      // Without the timer, the thread that reads the files tells the caller, unless the files hang.
      Faults.unexpected(noTimer);
    }
  }

  private static Answer answer(Known present, String host) {
    return present != null && present.names.contains(host) ? Answer.OWN : Answer.STRANGE;
  }

  /**
   * Has the files read if no thread is reading them.
   *
   * @return the time since when they are being read
   */
  private long begin(long now, Runnable whenKnown) {
    long since;
    synchronized (this) {
      boolean patient = !reading || now - readingSince < PATIENCE_NANOS;
      if (whenKnown != null && patient) {
        waiting.add(whenKnown);
      }
      if (reading) {
        return readingSince;
      }
      reading = true;
      readingSince = now;
      since = now;
    }
    try {
      site.apart(this::read);
    } catch (RuntimeException | Error noThread) {
      Faults.unexpected(noThread);
      // No caller waits for an answer now; the next one to ask tries again.
      become(known == null ? SiteNames.NONE : known.names);
    }
    return since;
  }

  private void read() {
    SiteNames names = SiteNames.NONE;
    try {
      names = site.read();
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    } finally {
      become(names);
    }
  }

  private void become(SiteNames names) {
    List<Runnable> told;
    synchronized (this) {
      known = new Known(names, site.now());
      reading = false;
      told = List.copyOf(waiting);
      waiting.clear();
    }
    for (Runnable listener : told) {
      try {
        listener.run();
      } catch (RuntimeException | Error unexpected) {
        Faults.unexpected(unexpected);
      }
    }
  }
}
