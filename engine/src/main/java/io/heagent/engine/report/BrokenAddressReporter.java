package io.heagent.engine.report;

import io.heagent.engine.address.AddressText;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.history.FailureKind;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells people that an address is broken although nobody suffers, because its siblings serve: one
 * line a day for each address. Only what has failed again and again for minutes, and has answered
 * nobody in between, is worth it: hosts restart, and networks have bad moments.
 *
 * <p>Lock: this object's monitor guards the map and what is in it; only races take it. Nothing is
 * taken inside it.
 */
public final class BrokenAddressReporter {

  /** So many failures in a row make an address broken, */
  static final int FAILURES = 3;

  /** if the first was this long ago. */
  static final long SPAN_NANOS = 300_000_000_000L;

  /** An address is reported once in this time. */
  static final long DAY_NANOS = 86_400_000_000_000L;

  /** Further addresses are not counted until others have been quiet for a day. */
  static final int MAX_ADDRESSES = 256;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  /** Silence that is shorter proves nothing, whatever the delay. */
  private static final long SILENCE_NANOS = 100_000_000L;

  /** What is known of one address. Guarded by the monitor. */
  private static final class Path {
    /** In a row, since it last answered. */
    int failures;

    long firstAt;
    long lastAt;
    long saidAt;
    boolean said;
  }

  private final Consumer<String> said;
  private final Map<InetAddress, Path> paths = new HashMap<>();

  /** Whether the map is empty: spares connects that need no race the lock. Written under it. */
  private volatile boolean none = true;

  /**
   * Without any knowledge.
   *
   * @param said takes each line, on the thread that brings the news, and never under the lock
   */
  public BrokenAddressReporter(Consumer<String> said) {
    this.said = said;
  }

  /** This address has answered: whatever failed before was no more than a bad moment. */
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
   * A race is over. Nothing is counted if nobody has won it.
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
      // Nobody has answered: the name or this host is in trouble, which its program is told of.
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

  /** In what way it has failed; null if that says nothing about the address. */
  private static String failure(AttemptRecord attempt) {
    if (attempt.outcome() == Outcome.FAILED) {
      return words(FailureKind.of(attempt.cause()));
    }
    boolean silent = attempt.outcome() == Outcome.LOST || attempt.outcome() == Outcome.DROPPED;
    long nanos = attempt.endNanos() - attempt.startNanos();
    return silent && nanos >= SILENCE_NANOS ? "no answer in time" : null;
  }

  /** Null if it says nothing. No switch: javac makes a class for each, which first races await. */
  private static String words(FailureKind kind) {
    if (kind == FailureKind.LOCAL) {
      return null;
    } else if (kind == FailureKind.REFUSED) {
      return "refused";
    }
    return kind == FailureKind.UNREACHABLE ? "unreachable" : "no answer";
  }

  /** The line to say, or null. */
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
      return null; // Under way at the same time as the last one: the same incident.
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
