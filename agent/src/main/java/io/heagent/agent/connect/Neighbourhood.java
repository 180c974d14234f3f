package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The connects to one name and port: those in flight, and the walks that they belong to. Guarded by
 * its own monitor, which {@link Neighbours} takes.
 */
final class Neighbourhood {

  /** Each is one thread of the program; of more, the oldest are forgotten. */
  static final int MAX_WALKS = 16;

  /** What a connect is to do. */
  enum Part {
    /** Try the siblings too. */
    RACE,
    /** A step of a walk, to an address that a race has tried in vain: this address alone. */
    STEP_ASIDE,
    /** A step as that, to an address that was silent for its whole timeout: no further one. */
    GIVE_UP,
    /** The program races by itself. There will be no end of this connect. */
    STAND_DOWN
  }

  /** By the address that was asked for. */
  private final List<InFlight> inFlight = new ArrayList<>(1);

  private final List<Flight> flights = new ArrayList<>(1);

  /** Whether it is no longer to be used: {@link Neighbours} has, or will have, another one. */
  private boolean forgotten;

  /** When the last connect ended. */
  private long lastEnd;

  /** The latest last. */
  private final Deque<Walk> walks = new ArrayDeque<>(1);

  Part begin(ConnectCall call, InetAddress requested, boolean blocking, long now) {
    long thread = call.thread;
    Walk walk = next(requested, thread, now);
    if (walk != null && walk.hasFailed(requested)) {
      // No sign of a program that races: it takes no part in what follows.
      boolean waited = walk.isOn(thread) && call.hasWaited(walk);
      step(walk, call, requested);
      return waited ? Part.GIVE_UP : Part.STEP_ASIDE;
    }
    // A thread that comes back from one failure and connects to the next address does not race.
    boolean walker = walk != null && blocking && walk.isOn(thread);
    if (!walker) {
      if (isRacedByProgram(requested, now)) {
        return Part.STAND_DOWN;
      }
      call.place = among(requested).join(call, now);
    }
    if (blocking && walk == null) {
      call.flight = flight(requested);
      call.follows = call.flight.join();
    }
    if (walk != null) {
      call.walked = walk.failed();
      step(walk, call, requested);
    }
    return Part.RACE;
  }

  private InFlight among(InetAddress requested) {
    for (InFlight connects : inFlight) {
      if (connects.requested.equals(requested)) {
        return connects;
      }
    }
    InFlight connects = new InFlight(requested);
    inFlight.add(connects);
    return connects;
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
    walk.step(requested, call.thread);
    call.walk = walk;
  }

  /** The walk whose next step this may be: best this thread's own, else the latest. */
  private Walk next(InetAddress requested, long thread, long now) {
    Walk found = null;
    for (Walk walk : walks) {
      if (walk.mayGoOnTo(requested, now)
          && (found == null || !found.isOn(thread) || walk.isOn(thread))) {
        found = walk;
      }
    }
    return found;
  }

  /** Whether another address is in flight too. Then no connect in flight gets siblings any more. */
  private boolean isRacedByProgram(InetAddress requested, long now) {
    boolean raced = false;
    for (InFlight others : inFlight) {
      raced |= !others.requested.equals(requested) && others.meetAnother(now);
    }
    return raced;
  }

  void end(ConnectCall call, InetAddress requested, long now) {
    lastEnd = now;
    if (call.place != null) {
      call.place.leave();
      call.place = null;
      inFlight.removeIf(InFlight::isOver);
    }
    if (call.flight != null && call.flight.leave()) {
      flights.remove(call.flight);
    }
    Walk walk = call.walk;
    if (walk != null) {
      walks.remove(walk);
    } else if (!call.failed.isEmpty()) {
      walk = new Walk();
      walk.step(requested, call.thread);
    }
    if (walk != null && !call.connected) {
      walk.failed(call.failed, call.silent, call.patience, now);
      walks.addLast(walk);
      if (walks.size() > MAX_WALKS) {
        walks.removeFirst();
      }
    }
  }

  /** Whether nothing here matters any more. */
  boolean isUseless(long now) {
    walks.removeIf(walk -> walk.isOver(now));
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
    return !inFlight.isEmpty();
  }
}
