package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The channels' connects in flight that one thread has begun, to one name and port. One owner that
 * begins a second address while its first is pending races by itself: such connects stand down, for
 * a while. A thread with several connects to the <em>same</em> address in flight is no such owner:
 * an event loop with the connections of a pool, which a resolver hands the addresses in turn.
 *
 * <p>Blocking connects are in none: a thread has one of them at a time, and two threads that
 * connect to two addresses of a name are strangers, for all that anybody can see. Those that race
 * on several threads are known by their classes, {@link SelfRacers}.
 *
 * <p>Thousands may be in flight at once, so no operation here looks at all of them: those that are
 * told something, or are too old to say anything, are passed once. Guarded by {@link Neighbours}.
 */
final class InFlight {

  /** A connect that has been pending longer says nothing about the program's habits. */
  static final long TELLING_NANOS = 1_000_000_000L;

  /** One connect's place among them. */
  static final class Place {
    private final ConnectCall call;
    private final long since;
    private final ToOne among;
    private Place older;
    private Place younger;
    private boolean listed = true;
    private boolean told;

    private Place(ConnectCall call, long since, ToOne among) {
      this.call = call;
      this.since = since;
      this.among = among;
    }

    /**
     * The connect has ended.
     *
     * @return whether it was the thread's last
     */
    boolean leave() {
      return among.leave(this);
    }
  }

  private final List<ToOne> all = new ArrayList<>(1);

  /** Whether one address was twice in flight, since it last had none. */
  private boolean pool;

  /** Those that stand down. */
  private final Set<ConnectCall> told = new HashSet<>(2);

  /** One more connect begins. */
  Place join(ConnectCall call, InetAddress requested, long now) {
    ToOne same = null;
    boolean raced = false;
    for (ToOne some : all) {
      if (some.requested.equals(requested)) {
        same = some;
        pool = true;
      }
    }
    if (pool) {
      told.forEach(one -> one.standsDown = false);
      told.clear();
    } else {
      for (ToOne others : all) {
        raced |= others.meetAnother(now);
      }
    }
    if (same == null) {
      same = new ToOne(requested);
      all.add(same);
    }
    Place place = same.join(call, now);
    if (raced) {
      place.told = true;
      tell(call);
    }
    return place;
  }

  private void tell(ConnectCall call) {
    told.add(call);
    call.standsDown = true;
  }

  /** Those that were asked for one address. */
  private final class ToOne {
    final InetAddress requested;
    int pending;

    /** The ends of the list of those that say something: its younger part has been told nothing. */
    private Place oldest;

    private Place youngest;

    ToOne(InetAddress requested) {
      this.requested = requested;
    }

    Place join(ConnectCall call, long now) {
      Place place = new Place(call, now, this);
      place.older = youngest;
      if (youngest == null) {
        oldest = place;
      } else {
        youngest.younger = place;
      }
      youngest = place;
      pending++;
      return place;
    }

    /**
     * The owner connects to another address of the same name.
     *
     * @return whether some of these began so lately that it races by itself; they stand down now
     */
    boolean meetAnother(long now) {
      while (oldest != null && now - oldest.since >= TELLING_NANOS) {
        unlist(oldest);
      }
      for (Place place = youngest; place != null && !place.told; place = place.older) {
        place.told = true;
        tell(place.call);
      }
      return youngest != null;
    }

    boolean leave(Place place) {
      unlist(place);
      told.remove(place.call);
      if (--pending == 0) {
        all.remove(this);
      }
      return all.isEmpty();
    }

    private void unlist(Place place) {
      if (!place.listed) {
        return;
      }
      place.listed = false;
      if (place.older == null) {
        oldest = place.younger;
      } else {
        place.older.younger = place.younger;
      }
      if (place.younger == null) {
        youngest = place.older;
      } else {
        place.younger.older = place.older;
      }
    }
  }
}
