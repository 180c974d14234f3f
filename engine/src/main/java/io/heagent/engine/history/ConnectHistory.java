package io.heagent.engine.history;

import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/**
 * A memory of connects, per host, port and address: the first connect to a name with a dead address
 * pays the delay, the next ones pay nothing.
 *
 * <p>Before a connect, ask {@link #order} for the order of the addresses and {@link #delay} for
 * each attempt's own delay; after it, tell {@link #record} how the attempts went. The rules:
 *
 * <ol>
 *   <li>An address that failed or stayed silent is a <em>suspect</em>: for 1 min it goes behind its
 *       siblings. Each further failure doubles that, up to 5 min; one success ends it. So a
 *       repaired address is back after 5 min at the latest, and one that failed once for an odd
 *       reason after one.
 *   <li>Silence counts only if it lasted as long as {@link #delay} would have given it (a program
 *       with a timeout of a few milliseconds proves nothing), and if the address has answered
 *       nobody since the attempt began. Attempts under way at the same time count as one failure.
 *       {@linkplain FailureKind#LOCAL Local} failures do not count.
 *   <li>If the first address is a suspect, the last winner for that host and port goes first: a
 *       program that connects again by name to cancel what it began (pgjdbc, MySQL) reaches the
 *       same machine.
 *   <li>If all are suspects, the order stays as it was: nothing better is known.
 *   <li>1 in 64 connects whose order would change ignores history, so that clients converge; but
 *       none within 10 s of a failure or of the last one that did.
 *   <li>The delay after an attempt is when its answer is overdue by what is known of that address
 *       (RFC 6298's estimate; 100 ms to 2 s, at most twice the base delay); for an address never
 *       seen, by what all connects of this process took (100 ms to the base delay).
 *   <li>What is older than 10 min, or from before {@link #networkChanged()}, is not known.
 * </ol>
 *
 * <p><b>Memory</b>: {@link #maxBytes()} at most, however many names are seen; the name unused
 * longest (of eight) makes room. Host names are told apart as they are written; those longer than
 * 255 characters are not kept. Nothing of the caller's objects is kept but the host's text.
 *
 * <p><b>Threads</b>: any number at the same time. Asking takes no lock; nor does telling, except
 * for a name or an address not seen before (one of many locks, held briefly). {@link InetAddress}es
 * are never looked up backwards.
 *
 * <p><b>Units</b>: all times are nanoseconds. A host is the text by which the program connects, a
 * port 0 to 65535; a time that an attempt took counts from its start.
 */
public final class ConnectHistory {
  /** The most that one name can take, in bytes, with compressed references and 16 addresses. */
  static final int MAX_BYTES_PER_NAME = 2_048;

  private static final int LONGEST_HOST = 255;

  private final HistorySettings settings;
  private final LongSupplier clock;
  private final IntUnaryOperator random;
  private volatile Network network;

  /**
   * On another clock, for tests.
   *
   * @param clock nanoseconds since some moment; never goes back
   * @param random gives a number from 0 up to its argument, exclusive; both may be called by any
   *     thread
   */
  public ConnectHistory(HistorySettings settings, LongSupplier clock, IntUnaryOperator random) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.network = new Network(settings, clock.getAsLong());
  }

  /** On the system's clock. */
  public ConnectHistory(HistorySettings settings) {
    this(settings, OfSystem.INSTANCE, OfSystem.INSTANCE);
  }

  /**
   * The system's clock and random numbers. A class, and one for both, as the first connects of a
   * JVM come by here: a lambda is made at run time.
   */
  private static final class OfSystem implements LongSupplier, IntUnaryOperator {

    static final OfSystem INSTANCE = new OfSystem();

    @Override
    public long getAsLong() {
      return System.nanoTime();
    }

    @Override
    public int applyAsInt(int bound) {
      return ThreadLocalRandom.current().nextInt(bound);
    }
  }

  /**
   * The order in which to try the addresses of a host: suspects behind.
   *
   * @param addresses in order of preference, not null, without null; never changed
   * @return the given list itself if the order stays, else an unmodifiable one
   */
  public List<InetAddress> order(String host, int port, List<InetAddress> addresses) {
    HostMemory memory = addresses.size() < 2 ? null : network.table.find(host, port);
    if (memory == null) {
      return addresses;
    }
    long now = clock.getAsLong();
    List<InetAddress> ordered = memory.order(addresses, now, settings);
    return ordered == null || memory.ignores(now, settings, random) ? addresses : ordered;
  }

  /**
   * Whether there is anything that {@link #order} could put behind for this host and port; costs
   * one look into a table, so that most callers need not even make a list.
   */
  public boolean hasSuspects(String host, int port) {
    HostMemory memory = network.table.find(host, port);
    return memory != null && memory.anySuspect(clock.getAsLong(), settings);
  }

  /** The Connection Attempt Delay after an attempt at this address, in nanoseconds. */
  public long delay(String host, int port, InetAddress address) {
    return network.delay(host, port, address, clock.getAsLong());
  }

  /** The Connection Attempt Delay for addresses never seen, in nanoseconds. */
  public long delayOfUnseen() {
    return network.delayOfUnseen(clock.getAsLong());
  }

  /**
   * Tells how the attempts of one race went; cancelled ones say nothing of their addresses.
   *
   * @param tried the address of each attempt, in start order
   * @param attempts their records; call this when the race has ended
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
      // No switch: javac makes a class for each, and a JVM's first race waits for that.
      if (outcome == Outcome.WON) {
        won(host, port, address, nanos);
      } else if (outcome == Outcome.FAILED) {
        failed(host, port, address, FailureKind.of(attempt.cause()), nanos, ago);
      } else if (outcome == Outcome.LOST
          || outcome == Outcome.DROPPED
          || outcome == Outcome.TIMED_OUT) {
        failed(host, port, address, FailureKind.UNANSWERED, nanos, ago);
      }
      // Cancelled: nobody waited for it. Late: it does answer.
    }
  }

  /** This address has answered first, after so many nanoseconds. */
  public void won(String host, int port, InetAddress address, long nanos) {
    answered(host, port, address, nanos, true);
  }

  /** This address has answered, but not first. */
  public void answered(String host, int port, InetAddress address, long nanos) {
    answered(host, port, address, nanos, false);
  }

  private void answered(String host, int port, InetAddress address, long nanos, boolean won) {
    Network present = network;
    long now = clock.getAsLong();
    if (!present.covers(now - nanos)) {
      return;
    }
    present.sample(nanos, now);
    if (host.length() <= LONGEST_HOST) {
      HostMemory memory = present.used(host, port, now);
      AddressMemory winner = memory.findOrAdd(AddressBits.of(address), now);
      winner.succeeded(nanos, now, settings);
      if (won) {
        memory.won(winner);
      }
    }
  }

  /**
   * This address has failed, just now, after so many nanoseconds.
   *
   * @param kind {@link FailureKind#UNANSWERED} also for an attempt that was given up
   */
  public void failed(String host, int port, InetAddress address, FailureKind kind, long nanos) {
    failed(host, port, address, kind, nanos, nanos);
  }

  private void failed(
      String host, int port, InetAddress address, FailureKind kind, long nanos, long startedAgo) {
    Network present = network;
    long now = clock.getAsLong();
    long started = now - startedAgo;
    boolean tooSoon =
        kind == FailureKind.UNANSWERED && nanos < present.delay(host, port, address, now);
    if (kind != FailureKind.LOCAL
        && !tooSoon
        && present.covers(started)
        && host.length() <= LONGEST_HOST) {
      present
          .used(host, port, now)
          .findOrAdd(AddressBits.of(address), now)
          .failed(kind, started, now, settings);
    }
  }

  /**
   * What is known of an address, as of now.
   *
   * @return null if nothing is
   */
  public AddressHistory find(String host, int port, InetAddress address) {
    AddressMemory memory = network.find(host, port, address);
    return memory == null ? null : memory.snapshot(clock.getAsLong(), settings);
  }

  /**
   * The local addresses have changed: forgets everything (RFC 8305 section 4: state "SHOULD be
   * flushed" then, and "MUST NOT" be used across networks). Reports of attempts that began before
   * are ignored.
   */
  public void networkChanged() {
    network = new Network(settings, clock.getAsLong());
  }

  /** How many pairs of host and port are kept at present. */
  public int names() {
    return network.table.size();
  }

  /** The most memory that this history can take, in bytes (8 MB by default). */
  public long maxBytes() {
    return (long) network.table.capacity() * MAX_BYTES_PER_NAME;
  }
}
