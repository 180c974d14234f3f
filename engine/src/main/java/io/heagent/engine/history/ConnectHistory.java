package io.heagent.engine.history;

import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/**
 * Remembers how connects to each address of a host and port went. The first connect to a name whose
 * first address is dead waits for the Connection Attempt Delay; the next ones begin with an address
 * that works.
 *
 * <p>Before a connect, ask {@link #order} for the order of the addresses and {@link #delay} for
 * each attempt's own delay; after it, tell {@link #record} how the attempts went. The rules:
 *
 * <ol>
 *   <li>An address that failed or stayed silent is a <em>suspect</em>: for 1 min it is tried after
 *       the other addresses of the name. Each further failure doubles that time, up to 5 min; one
 *       success ends it. So a repaired address has its old place again after 5 min at the latest,
 *       and an address that failed only once after 1 min.
 *   <li>Silence counts as a failure only if it lasted at least as long as {@link #delay} says (a
 *       program with a timeout of a few milliseconds proves nothing), and if the address has
 *       answered no other connect since the attempt began. Attempts that were under way at the same
 *       time count as one failure. {@linkplain FailureKind#LOCAL Local} failures do not count.
 *   <li>If the first address is a suspect, the last winner for that host and port goes first: a
 *       program that connects again by name to cancel what it began (pgjdbc, MySQL) reaches the
 *       same machine.
 *   <li>If all addresses are suspects, the order stays as it was, because no better one is known.
 *   <li>1 in 64 connects whose order would change ignores history, so that clients find out when
 *       the preferred address works again; but no connect does so within 10 s after a failure, or
 *       after the last connect that did.
 *   <li>The delay after an attempt is the time after which an answer of that address is overdue
 *       (the estimate of RFC 6298; 100 ms to 2 s, and at most twice the base delay). For an address
 *       without a known connect time the estimate is made from all connects of this process (100 ms
 *       to the base delay).
 *   <li>Everything older than 10 min, or from before {@link #networkChanged()}, is forgotten.
 * </ol>
 *
 * <p><b>Memory</b>: {@link #maxBytes()} at most, however many names are seen; a new name replaces
 * the one that was unused for the longest time among the eight that share its place. Two spellings
 * of a host name count as two names. Names longer than 255 characters are not kept. The history
 * keeps a reference to the host's text and to its surroundings, and to no other object of the
 * caller.
 *
 * <p><b>Threads</b>: any number at the same time. Queries take no lock. A report takes a lock only
 * for a name or an address not seen before: one of 64 locks of the table, or the one of the name,
 * each held briefly and none inside another. No method looks up the host name of an {@link
 * InetAddress}.
 *
 * <p><b>Arguments</b>: all times are nanoseconds. A host is the text by which the program connects,
 * a port is 0 to 65535, and no argument may be null. The duration of an attempt is counted from its
 * start.
 */
public final class ConnectHistory {
  /**
   * How much memory one name can take at most, in bytes, with compressed references and 16
   * addresses.
   */
  static final int MAX_BYTES_PER_NAME = 2_048;

  private static final int LONGEST_HOST = 255;

  private final HistorySettings settings;

  /**
   * Null for {@link System#nanoTime}, as {@link #random} is null for the system's random numbers.
   * Objects for these would make a JVM's first race load two classes and two interfaces.
   */
  private final LongSupplier clock;

  private final IntUnaryOperator random;

  /** What was learnt on the present network. Replaced by the thread that reports a change of it. */
  private volatile Network network;

  /**
   * A history with its own clock and random numbers, for tests.
   *
   * @param clock nanoseconds since some moment, never going back; null for {@link System#nanoTime}
   * @param random returns a number from 0 up to its argument, exclusive; null for random numbers.
   *     Any thread may call it and the clock
   */
  public ConnectHistory(HistorySettings settings, LongSupplier clock, IntUnaryOperator random) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.network = new Network(settings, now());
  }

  /** A history that goes by {@link System#nanoTime}. */
  public ConnectHistory(HistorySettings settings) {
    this(settings, null, null);
  }

  private long now() {
    return clock == null ? System.nanoTime() : clock.getAsLong();
  }

  /**
   * The part that concerns one host and port. It is kept with them, so that only a connect to a
   * name of which nothing is known makes an object; it stays right whatever is forgotten.
   */
  public EndpointHistory endpoint(
      EndpointHistory.Surroundings surroundings, String host, int port) {
    HostMemory memory = network.table.find(host, port);
    return memory == null
        ? new EndpointHistory(this, surroundings, host, port)
        : memory.endpoint(this, surroundings);
  }

  /**
   * The order in which to try the addresses of a host: suspects last.
   *
   * @param addresses in order of preference, without null; the list is not changed
   * @return the given list itself if the order stays, otherwise an unmodifiable list
   */
  public List<InetAddress> order(String host, int port, List<InetAddress> addresses) {
    HostMemory memory = addresses.size() < 2 ? null : network.table.find(host, port);
    if (memory == null) {
      return addresses;
    }
    long now = now();
    List<InetAddress> ordered = memory.order(addresses, now, settings);
    return ordered == null || memory.ignores(now, settings, random) ? addresses : ordered;
  }

  /**
   * Whether any address of this host and port is a suspect. The answer costs one look into a table;
   * where it is false, {@link #order} changes nothing and the caller need not make a list.
   */
  public boolean hasSuspects(String host, int port) {
    HostMemory memory = network.table.find(host, port);
    return memory != null && memory.hasFailed() && memory.anySuspect(now(), settings);
  }

  /** The Connection Attempt Delay after an attempt at this address, in nanoseconds. */
  public long delay(String host, int port, InetAddress address) {
    return network.delay(host, port, address, now());
  }

  /** The Connection Attempt Delay for addresses never seen, in nanoseconds. */
  public long delayOfUnseen() {
    return network.delayOfUnseen(now());
  }

  /**
   * Reports how the attempts of one race went. Cancelled attempts say nothing about their
   * addresses.
   *
   * @param tried the address of each attempt, in start order
   * @param attempts the records of these attempts after the race has ended
   */
  public void record(String host, int port, List<InetAddress> tried, List<AttemptRecord> attempts) {
    long end = Long.MIN_VALUE;
    for (AttemptRecord attempt : attempts) {
      end = Math.max(end, attempt.endNanos());
    }
    for (AttemptRecord attempt : attempts) {
      InetAddress address = tried.get(attempt.index());
      long nanos = attempt.endNanos() - attempt.startNanos();
      long ago = end - attempt.startNanos();
      Outcome outcome = attempt.outcome();
      // No switch over an enum: javac makes an extra class for it, which the first race of a JVM
      // would have to load.
      if (outcome == Outcome.WON) {
        won(host, port, address, nanos);
      } else if (outcome == Outcome.FAILED) {
        failed(host, port, address, FailureKind.of(attempt.cause()), nanos, ago);
      } else if (outcome == Outcome.LOST
          || outcome == Outcome.DROPPED
          || outcome == Outcome.TIMED_OUT) {
        failed(host, port, address, FailureKind.UNANSWERED, nanos, ago);
      }
      // CANCELLED: the race did not wait for it. LATE: the address does answer.
    }
  }

  /** Reports that this address has answered first, after so many nanoseconds. */
  public void won(String host, int port, InetAddress address, long nanos) {
    answered(host, port, address, nanos, true);
  }

  /** Reports that this address has answered after so many nanoseconds, but not first. */
  public void answered(String host, int port, InetAddress address, long nanos) {
    answered(host, port, address, nanos, false);
  }

  private void answered(String host, int port, InetAddress address, long nanos, boolean won) {
    Network present = network;
    long now = now();
    if (!present.covers(now - nanos)) {
      return;
    }
    present.sample(nanos, now);
    if (host.length() <= LONGEST_HOST) {
      HostMemory memory = present.used(host, port, now);
      AddressMemory winner = memory.findOrAdd(address, now);
      winner.succeeded(nanos, now, settings);
      if (won) {
        memory.won(winner);
      }
    }
  }

  /**
   * Reports that this address has failed just now, after so many nanoseconds.
   *
   * @param kind {@link FailureKind#UNANSWERED} also for an attempt that was given up
   */
  public void failed(String host, int port, InetAddress address, FailureKind kind, long nanos) {
    failed(host, port, address, kind, nanos, nanos);
  }

  private void failed(
      String host, int port, InetAddress address, FailureKind kind, long nanos, long startedAgo) {
    Network present = network;
    long now = now();
    long started = now - startedAgo;
    boolean tooSoon =
        kind == FailureKind.UNANSWERED && nanos < present.delay(host, port, address, now);
    if (kind != FailureKind.LOCAL
        && !tooSoon
        && present.covers(started)
        && host.length() <= LONGEST_HOST) {
      present.used(host, port, now).findOrAdd(address, now).failed(kind, started, now, settings);
    }
  }

  /**
   * What is known of an address, as of now.
   *
   * @return null if nothing is
   */
  public AddressHistory find(String host, int port, InetAddress address) {
    AddressMemory memory = network.find(host, port, address);
    return memory == null ? null : memory.snapshot(now(), settings);
  }

  /**
   * Forgets everything, because the local addresses have changed (RFC 8305 section 4: then state
   * "SHOULD be flushed", and it "MUST NOT" be used across networks). Later reports of attempts that
   * began before this call are ignored.
   */
  public void networkChanged() {
    network = new Network(settings, now());
  }

  /** What it goes by. */
  public HistorySettings settings() {
    return settings;
  }

  /** How many pairs of host and port are kept at present. */
  public int names() {
    return network.table.size();
  }

  /** How many addresses are suspects at present. It looks at all that is kept. */
  public int suspects() {
    return network.table.suspects(now(), settings);
  }

  /** The most memory that this history can take, in bytes (8 MB by default). */
  public long maxBytes() {
    return (long) network.table.capacity() * MAX_BYTES_PER_NAME;
  }
}
