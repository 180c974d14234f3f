package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The connects to one name and port: those in flight, and the walks that they belong to. Guarded by
 * its own monitor, which {@link Neighbours} takes.
 */
final class Neighbourhood {

  /** Each is one thread of the program; of more, the oldest are forgotten. */
  static final int MAX_WALKS = 16;

  /** A channel's connect that may turn out to be the next step of a walk. */
  private record Begun(ConnectCall call, InetAddress requested, long at) {}

  /** The connects in flight. */
  private int pending;

  /** The channels' ones, by the thread that has begun them. */
  private final Map<Long, InFlight> channels = new HashMap<>(2);

  /** The blocking ones, by the address that was asked for. */
  private final List<Flight> flights = new ArrayList<>(1);

  /** Whether it is no longer to be used: {@link Neighbours} has, or will have, another one. */
  private boolean forgotten;

  /** When the last connect ended. */
  private long lastEnd;

  /** The latest last. */
  private final Deque<Walk> walks = new ArrayDeque<>(1);

  /** The channels' connects of the last moment that are no step of a walk, the latest last. */
  private final Deque<Begun> lately = new ArrayDeque<>(1);

  void begin(ConnectCall call, InetAddress requested, boolean blocking, long now) {
    pending++;
    Walk walk = next(requested, blocking, call.thread, now);
    if (walk != null) {
      if (blocking) {
        call.shorten(walk.paid(requested));
      }
      step(walk, call, requested);
    } else if (blocking) {
      call.flight = flight(requested);
      call.follows = call.flight.join();
    }
    if (!blocking) {
      call.place = channels(call.thread).join(call, requested, now);
      if (walk == null) {
        begunLately(new Begun(call, requested, now));
      }
    }
  }

  private InFlight channels(long thread) {
    InFlight mine = channels.get(thread);
    if (mine == null) {
      mine = new InFlight();
      channels.put(thread, mine);
    }
    return mine;
  }

  private void begunLately(Begun begun) {
    while (!lately.isEmpty() && isOld(lately.peekFirst(), begun.at)) {
      lately.removeFirst();
    }
    if (lately.size() >= MAX_WALKS) {
      lately.removeFirst();
    }
    lately.addLast(begun);
  }

  private static boolean isOld(Begun begun, long now) {
    return now - begun.at >= Walk.PAUSE_NANOS;
  }

  private Flight flight(InetAddress requested) {
    for (Flight flight : flights) {
      if (flight.requested.equals(requested)) {
        return flight;
      }
    }
    Flight flight = new Flight(requested);
    flights.add(flight);
    return flight;
  }

  private static void step(Walk walk, ConnectCall call, InetAddress requested) {
    call.walked = walk.failed();
    call.walk = walk;
    walk.step(requested, call.thread);
  }

  /** The walk whose next step this may be: best this thread's own, else the latest. */
  private Walk next(InetAddress requested, boolean blocking, long thread, long now) {
    Walk found = null;
    for (Walk walk : walks) {
      if (walk.mayGoOnTo(requested, blocking, thread, now)
          && (found == null || !found.isOn(thread) || walk.isOn(thread))) {
        found = walk;
      }
    }
    return found;
  }

  void end(ConnectCall call, InetAddress requested, long now) {
    lastEnd = now;
    pending--;
    boolean blocking = call.place == null;
    if (!blocking) {
      if (call.place.leave()) {
        channels.remove(call.thread);
      }
      call.place = null;
      forget(call);
    }
    if (call.flight != null && call.flight.leave()) {
      flights.remove(call.flight);
    }
    Walk walk = call.walk;
    if (walk != null) {
      walks.remove(walk);
    } else if (!call.failed.isEmpty() && !call.alone) {
      walk = new Walk(blocking);
      walk.step(requested, call.thread);
    }
    // A connect of which nothing is known, as its race broke, is not said to have failed.
    if (walk != null && !call.connected && !call.failed.isEmpty()) {
      walk.failed(call, requested, now);
      walks.addLast(walk);
      if (walks.size() > MAX_WALKS) {
        walks.removeFirst();
      }
      if (call.closed) {
        goOnWithAnother(walk, call.thread, now);
      }
    }
  }

  /**
   * The program has closed the channel of a step: the next one may be under way already, for some
   * clients connect to the next address first (Apache's asynchronous client, Netty's users).
   */
  private void goOnWithAnother(Walk walk, long thread, long now) {
    Begun next = null;
    for (Begun begun : lately) {
      boolean better = next == null || (next.call.thread != thread && begun.call.thread == thread);
      if (better
          && !isOld(begun, now)
          && walk.mayGoOnTo(begun.requested, false, begun.call.thread, now)) {
        next = begun;
      }
    }
    if (next != null) {
      lately.remove(next);
      next.call.standsDown = false;
      step(walk, next.call, next.requested);
    }
  }

  private void forget(ConnectCall ended) {
    for (Iterator<Begun> each = lately.iterator(); each.hasNext(); ) {
      if (each.next().call == ended) {
        each.remove();
      }
    }
  }

  /** Whether nothing here matters any more. */
  boolean isUseless(long now) {
    for (Iterator<Walk> each = walks.iterator(); each.hasNext(); ) {
      if (each.next().isOver(now)) {
        each.remove();
      }
    }
    return !isBusy() && walks.isEmpty();
  }

  /** Whether nothing has happened since a connect ended at that time. */
  boolean isIdleSince(long end) {
    return !isBusy() && lastEnd == end;
  }

  void forget() {
    forgotten = true;
  }

  boolean isForgotten() {
    return forgotten;
  }

  /** Whether connects are in flight that will be told of when they end. */
  boolean isBusy() {
    return pending > 0;
  }
}
