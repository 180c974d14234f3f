package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program's way through the addresses of a name, one connect after the other, each made when the
 * one before has failed (MySQL, Apache, Jedis). Begins with the first failure; ends with a success,
 * or when the program takes no further step. Guarded as the {@link Neighbourhood} it belongs to.
 */
final class Walk {

  /**
   * The next step comes within this time of the end of the one before, else it is a retry, and a
   * retry has every address again. A program that walks its list goes on within a millisecond or
   * two; in between may come a garbage collection, a slow log, and the classes that a program's
   * first failure needs, on a machine with more to do than it has processors. Half of what programs
   * that wait before they try again wait at the least, half a second as a rule. To be wrong costs
   * little either way: a walk that is not seen dials some addresses once more, a retry that is
   * taken for a step dials its own address as without the agent. Counted from when the program is
   * told of the end of the step before, not from when it was decided: how long a step takes is the
   * program's own timeout, which may be many seconds, and what we need to tell is no pause of its.
   */
  static final long PAUSE_NANOS = 250_000_000L;

  /** Lists are shorter. A longer one is walked as several. */
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

  /**
   * Of the program's connects of one kind.
   *
   * @param blocking whether its thread waits for each
   */
  Walk(boolean blocking) {
    this.blocking = blocking;
  }

  /** The program takes a step: it connects to this address, the only step at a time. */
  void step(InetAddress address, long onThread) {
    requested.add(address);
    thread = onThread;
    underWay = true;
  }

  /** The step, a connect to this address, has failed. */
  void failed(ConnectCall call, InetAddress address, long now) {
    for (InetAddress tried : call.failed) {
      if (!failed.contains(tried)) {
        failed.add(tried);
      }
    }
    call.silent.forEach((silent, nanos) -> waited.merge(silent, nanos, Math::max));
    late += call.silent.containsKey(address) ? -call.shortened : call.late;
    underWay = false;
    endedAt = now;
  }

  /**
   * Whether a connect to this address may be the next step. An address that was requested before is
   * not: the program begins anew, and deserves every address again. Blocking steps are taken by one
   * thread; event loops take the next step on whatever thread.
   */
  boolean mayGoOnTo(InetAddress address, boolean isBlocking, long onThread, long now) {
    return !underWay
        && blocking == isBlocking
        && (!blocking || thread == onThread)
        && now - endedAt < PAUSE_NANOS
        && requested.size() < MAX_STEPS
        && !requested.contains(address);
  }

  /**
   * How much of its timeout a step to this address has had already: it was silent for that long in
   * the races of the steps before, and by as much the walk is later than it was without the agent.
   * With the rest, neither the address nor the program has less than without it.
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
