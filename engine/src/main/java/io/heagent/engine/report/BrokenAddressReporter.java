package io.heagent.engine.report;

import io.heagent.engine.address.AddressText;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.history.FailureKind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reports addresses that are broken although no program fails, because other addresses of the name
 * answer: one line a day for each address. An address is reported only if it has failed several
 * times over some minutes without an answer in between, because hosts restart and networks have
 * short disturbances.
 *
 * <p>Any thread may call it. Lock: this object's monitor guards the map and the values in it; no
 * other lock is taken inside.
 */
public final class BrokenAddressReporter {

  /** An address counts as broken after so many failures in a row... */
  static final int FAILURES = 3;

  /** ...if the first of them was at least this long ago. */
  static final long SPAN_NANOS = 300_000_000_000L;

  /** An address is reported at most once in this time. */
  static final long DAY_NANOS = 86_400_000_000_000L;

  /**
   * The most addresses that are counted. Further ones are not counted until others have not failed
   * for a day.
   */
  static final int MAX_ADDRESSES = 256;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  /** An attempt that was given up earlier than this is not counted, whatever the delay was. */
  private static final long SILENCE_NANOS = 100_000_000L;

  /** What is known of one address. Guarded by the reporter's monitor. */
  private static final class Path {
    /** How many failures there were in a row since the address answered last. */
    int failures;

    long firstAt;
    long lastAt;
    long saidAt;
    boolean said;
  }

  private final Consumer<String> said;
  private final Map<InetAddress, Path> paths = new HashMap<>();

  /**
   * Whether the map is empty, so that connects without a race need not take the lock. Written under
   * the monitor.
   */
  private volatile boolean none = true;

  /**
   * A reporter that knows nothing yet.
   *
   * @param said takes each line, on the thread that calls {@link #ended}, while no lock of this
   *     object is held
   */
  public BrokenAddressReporter(Consumer<String> said) {
    this.said = said;
  }

  /** This address has answered: its count of failures begins anew. */
  public void answered(InetAddress address) {
    if (!none) {
      synchronized (this) {
        Path path = paths.get(address);
        if (path != null) {
          path.failures = 0;
        }
      }
    }
  }

  /**
   * A race is over. Nothing is counted if no address has won.
   *
   * @param host as the program gave it
   * @param tried the address of each attempt, in start order
   * @param now in nanoseconds, on the clock of the attempts
   */
  public void ended(
      String host, int port, List<InetAddress> tried, List<AttemptRecord> attempts, long now) {
    AttemptRecord winner = null;
    for (AttemptRecord attempt : attempts) {
      winner = attempt.outcome() == Outcome.WON ? attempt : winner;
    }
    if (winner == null) {
      // No address has answered, so the program gets an exception, and the cause may be this host.
      return;
    }
    answered(tried.get(winner.index()));
    for (AttemptRecord attempt : attempts) {
      String how = failure(attempt);
      if (how != null) {
        InetAddress address = tried.get(attempt.index());
        String line = failed(address, how, host, port, attempt.startNanos(), now);
        if (line != null) {
          said.accept(line);
        }
      }
    }
  }

  /**
   * The addresses that have failed so often and for so long that they are reported, and have not
   * answered since; not those that were not tried for a day.
   */
  public synchronized List<String> broken(long now) {
    List<String> broken = new ArrayList<>();
    for (Map.Entry<InetAddress, Path> entry : paths.entrySet()) {
      Path path = entry.getValue();
      if (path.failures >= FAILURES
          && path.lastAt - path.firstAt >= SPAN_NANOS
          && now - path.lastAt < DAY_NANOS) {
        broken.add(AddressText.of(entry.getKey()));
      }
    }
    return broken;
  }

  /** How the attempt has failed, in words; null if that says nothing about the address. */
  private static String failure(AttemptRecord attempt) {
    if (attempt.outcome() == Outcome.FAILED) {
      return words(FailureKind.of(attempt.cause()));
    }
    boolean silent = attempt.outcome() == Outcome.LOST || attempt.outcome() == Outcome.DROPPED;
    long nanos = attempt.endNanos() - attempt.startNanos();
    return silent && nanos >= SILENCE_NANOS ? "no answer in time" : null;
  }

  /**
   * The kind of failure in words; null for a local one. No switch over an enum: javac makes an
   * extra class for it, which the first race of a JVM would have to load.
   */
  private static String words(FailureKind kind) {
    if (kind == FailureKind.LOCAL) {
      return null;
    } else if (kind == FailureKind.REFUSED) {
      return "refused";
    }
    return kind == FailureKind.UNREACHABLE ? "unreachable" : "no answer";
  }

  /** Counts a failure; returns the line to print, or null. */
  private synchronized String failed(
      InetAddress address, String how, String host, int port, long started, long now) {
    Path path = paths.get(address);
    if (path == null) {
      if (paths.size() >= MAX_ADDRESSES) {
        paths.values().removeIf(other -> now - other.lastAt >= DAY_NANOS);
      }
      if (paths.size() >= MAX_ADDRESSES) {
        return null;
      }
      path = new Path();
      paths.put(address, path);
      none = false;
    } else if (path.failures > 0 && started - path.lastAt < 0) {
      return null; // It was under way at the same time as the last one: the same incident.
    }
    path.failures++;
    path.lastAt = now;
    if (path.failures == 1) {
      path.firstAt = now;
    }
    boolean saidToday = path.said && now - path.saidAt < DAY_NANOS;
    if (path.failures < FAILURES || now - path.firstAt < SPAN_NANOS || saidToday) {
      return null;
    }
    path.said = true;
    path.saidAt = now;
    return AddressText.of(address)
        + " is broken from here: "
        + path.failures
        + " connects in a row in "
        + (now - path.firstAt) / MINUTE_NANOS
        + " min failed there ("
        + how
        + "; the last to "
        + AddressText.hostAndPort(host, port)
        + ") while other addresses of the name answered";
  }
}
