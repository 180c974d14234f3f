package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connects by which a program goes through the addresses of a name by itself, one after the
 * other, each made when the one before has failed (MySQL, Apache, Jedis). It begins with the first
 * failure. It ends with a success, or when the program takes no further step. Guarded by the
 * monitor of the {@link EndpointState} that it belongs to.
 */
final class FailoverSequence {

  /**
   * The next step comes within this time of the end of the one before, else it is a retry, and a
   * retry is raced over every address again. A program that goes through its list goes on within a
   * millisecond or two; in between may come a garbage collection, a slow log, and the classes that
   * a program's first failure needs, on a machine with more to do than it has processors. Programs
   * that wait before they try again wait for half a second as a rule, and this is half of that. To
   * be wrong costs little either way: a sequence that is not seen dials some addresses once more, a
   * retry that is taken for a step dials its own address as the JDK alone does. The time counts
   * from when the program is told of the end of the step before, not from when that was decided:
   * how long a step takes is the program's own timeout, which may be many seconds, and the time
   * that the race needs to tell it is no pause of the program's.
   */
  static final long PAUSE_NANOS = 250_000_000L;

  /** Lists are shorter. A longer one counts as several. */
  private static final int MAX_STEPS = 64;

  private final boolean blocking;
  private final List<InetAddress> requested = new ArrayList<>(4);
  private final List<InetAddress> failed = new ArrayList<>(4);

  /** For how long at most those that have never answered were waited for, in nanoseconds. */
  private final Map<InetAddress, Long> waited = new HashMap<>(4);

  /**
   * How much longer the steps have taken than the connects to the requested addresses alone, in
   * nanoseconds: a race that begins with a refusal goes on to wait for the siblings.
   */
  private long late;

  /** Who took the last step. */
  private long thread;

  private boolean underWay;
  private long endedAt;

  /** Begins with this connect, and goes on with connects of the same kind. */
  FailoverSequence(Ticket first) {
    this.blocking = first.blocking;
    step(first);
  }

  /** The program takes a step, the only one at a time. */
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
   * Whether a connect may be the next step. One to an address that was requested before is not: the
   * program begins anew, and that connect is raced over every address again. Blocking steps are
   * taken by one thread; event loops take the next step on whatever thread.
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
   * How much of its timeout a step to this address has had already: it was silent for that long in
   * the races of the steps before, and by as much the sequence is later than it was without the
   * agent. With the rest, neither the address nor the program has less than without it.
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
