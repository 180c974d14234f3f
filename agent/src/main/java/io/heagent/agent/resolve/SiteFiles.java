package io.heagent.agent.resolve;

import io.heagent.agent.log.Faults;
import io.heagent.engine.order.SiteNames;
import io.heagent.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.List;

/**
 * Which names are the site's own, by their form or by the system's {@code resolv.conf} and hosts
 * file. The files are read by a daemon thread of their own, when a race first needs to know, and
 * again when what is known is old; nobody waits for that, neither a thread that connects nor an
 * event loop. Who asks meanwhile asks again, or is told; if there is no answer for {@link
 * #PATIENCE_NANOS} (a file on a network that is down), what was known before counts.
 *
 * <p>Lock: this object's monitor guards who waits and whether a thread is reading; nothing is
 * called while it is held. What is known is written under it and read by anybody.
 */
public final class SiteFiles {

  /** For so long nobody looks at the files again. */
  public static final long FRESH_NANOS = 10_000_000_000L;

  /** For so long an answer is waited for. */
  public static final long PATIENCE_NANOS = 100_000_000L;

  /** Who asks. */
  public enum Answer {
    OWN,
    STRANGE,
    /** Not known yet. */
    UNKNOWN
  }

  /** What is asked of the system. */
  public interface Site {

    /** {@link System#nanoTime}. */
    long now();

    /** Runs something at a time. */
    void at(long nanos, Runnable task);

    /** Runs something that may take its time on a thread of its own; may throw. */
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

  /** Of this system. Whoever calls this need not load what asks the system before. */
  public static SiteFiles ofSystem(Scheduler time) {
    return new SiteFiles(new SystemSite(time));
  }

  /**
   * Whether a name is the site's own. Never waits.
   *
   * @param whenKnown run by another thread when an unknown answer may be known; null for nothing
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
      // Then it is told by who reads the files, unless they hang.
      Faults.unexpected(noTimer);
    }
  }

  private static Answer answer(Known present, String host) {
    return present != null && present.names.contains(host) ? Answer.OWN : Answer.STRANGE;
  }

  /** Has the files read if nobody is at it; gives the time since when. */
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
      // Nobody waits for that; the next one to ask later tries again.
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
