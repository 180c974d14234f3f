package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connects by which a program goes through the addresses of a name by itself: it makes each
 * connect, a <em>step</em>, when the one before has failed (as MySQL's, Apache's and Jedis' clients
 * do). The sequence begins with the first failure, and ends with a success or when the program
 * takes no further step. The monitor of the {@link EndpointState} that it belongs to guards it.
 */
final class FailoverSequence {

  /**
   * A connect that begins within this time after the end of the step before is the next step; a
   * later one is a retry, and is raced over every address again. A program that goes through its
   * list makes the next connect within a millisecond or two. A garbage collection, a slow log, or
   * the loading of the classes that the program's first failure needs may come in between, on a
   * busy machine. Programs that pause before a retry mostly pause for half a second or more; this
   * is half of that. A mistake costs little: if a sequence is not recognised, some addresses are
   * dialled once more; if a retry is taken for a step, it dials its own address as the JDK alone
   * does. The time counts from when the program has been told of the end of the step before. The
   * length of the step itself does not count, because it is the program's own timeout and may be
   * many seconds.
   */
  static final long PAUSE_NANOS = 250_000_000L;

  /**
   * How many steps a sequence has at most. The address lists of programs are shorter; a longer one
   * counts as several sequences.
   */
  private static final int MAX_STEPS = 64;

  private final boolean blocking;
  private final List<InetAddress> requested = new ArrayList<>(4);
  private final List<InetAddress> failed = new ArrayList<>(4);

  /** How long, in nanoseconds, a step has waited at most for each address that has not answered. */
  private final Map<InetAddress, Long> waited = new HashMap<>(4);

  /**
   * How much longer, in nanoseconds, the steps have taken than connects to the requested addresses
   * alone. A race whose requested address refuses takes longer, because it goes on to wait for the
   * other addresses.
   */
  private long late;

  /** The number of the thread that took the last step. */
  private long thread;

  private boolean underWay;
  private long endedAt;

  /**
   * A sequence that begins with this connect; its further steps are of the same kind, blocking or
   * not.
   */
  FailoverSequence(Ticket first) {
    this.blocking = first.blocking;
    step(first);
  }

  /** The program takes a step. Only one step is under way at a time. */
  void step(Ticket connect) {
    requested.add(connect.requested);
    thread = connect.thread;
    underWay = true;
  }

  /** The step has failed. */
  void failed(Ticket step, ConnectOutcome outcome, long now) {
    for (InetAddress tried : outcome.tried()) {
      if (!failed.contains(tried)) {
        failed.add(tried);
      }
    }
    outcome.unanswered().forEach((silent, nanos) -> waited.merge(silent, nanos, Math::max));
    boolean silent = outcome.unanswered().containsKey(step.requested);
    late += silent ? -step.shortenedNanos() : outcome.lateNanos();
    underWay = false;
    endedAt = now;
  }

  /**
   * Whether a connect may be the next step. A connect to an address that was requested before is
   * not: the program begins anew, and that connect is raced over every address again. All blocking
   * steps are taken by the same thread; the connects of channels may be on any thread.
   */
  boolean mayGoOnWith(Ticket connect, long now) {
    return !underWay
        && blocking == connect.blocking
        && (!blocking || isOn(connect.thread))
        && now - endedAt < PAUSE_NANOS
        && requested.size() < MAX_STEPS
        && !requested.contains(connect.requested);
  }

  /**
   * How much of its timeout a step to this address has used up already, in nanoseconds: the races
   * of earlier steps have waited for the address for that long without an answer, and the sequence
   * is later by at least that much than it would be without the agent. If the step has the rest of
   * its timeout, the address is waited for as long, and the program fails as early, as without the
   * agent.
   */
  long paid(InetAddress address) {
    return Math.max(0, Math.min(late, waited.getOrDefault(address, 0L)));
  }

  /** All addresses that have failed so far. */
  List<InetAddress> failed() {
    return List.copyOf(failed);
  }

  boolean isOn(long aThread) {
    return thread == aThread;
  }

  boolean isOver(long now) {
    return !underWay && now - endedAt >= PAUSE_NANOS;
  }
}
