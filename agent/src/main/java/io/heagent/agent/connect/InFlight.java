package io.heagent.agent.connect;

import java.net.InetAddress;

/**
 * The connects in flight that were asked for one address of a name and port. Thousands may be at
 * once, so no operation here looks at all of them: those that are told something, or are too old to
 * say anything, are passed once. Guarded by {@link Neighbours}.
 */
final class InFlight {

  /** A connect that has been pending longer says nothing about the program's habits. */
  static final long TELLING_NANOS = 1_000_000_000L;

  /** One connect's place among them. */
  static final class Place {
    private final ConnectCall call;
    private final long since;
    private final InFlight among;
    private Place older;
    private Place younger;
    private boolean listed = true;
    private boolean told;

    private Place(ConnectCall call, long since, InFlight among) {
      this.call = call;
      this.since = since;
      this.among = among;
    }

    /** The connect has ended. */
    void leave() {
      among.pending--;
      among.unlist(this);
    }
  }

  final InetAddress requested;

  private int pending;

  /** The ends of the list of those that say something: its younger part has been told nothing. */
  private Place oldest;

  private Place youngest;

  InFlight(InetAddress requested) {
    this.requested = requested;
  }

  /** One more connect begins. */
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
   * The program connects to another address of the same name.
   *
   * @return whether some of these began so lately that it races by itself; they are alone now
   */
  boolean meetAnother(long now) {
    while (oldest != null && now - oldest.since >= TELLING_NANOS) {
      unlist(oldest);
    }
    for (Place place = youngest; place != null && !place.told; place = place.older) {
      place.told = true;
      place.call.alone = true;
    }
    return youngest != null;
  }

  boolean isOver() {
    return pending == 0;
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
