package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Knows the names to which a program connects in a loop without a pause while all addresses refuse:
 * it is refused as quickly as by the JDK alone. RFC 8305, section 5, lets no attempts begin within
 * 10 ms of each other, so the siblings are dialled every 10 ms at most. In between only the
 * requested address is dialled, and its refusal is the outcome.
 *
 * <p>Any thread may call it; there is no lock. Where two threads write one place at the same time,
 * one of the two counts is lost, and that costs one dial more.
 */
public final class RefusalStreaks {

  /** So many in a row are no loop yet: ordinary programs retry a few times, after a pause. */
  static final int MANY = 16;

  static final long GAP_NANOS = 10_000_000L;

  /** A longer pause between two races to a name, and they begin to count anew. */
  static final long PAUSE_NANOS = 2 * GAP_NANOS;

  /** A power of two. Names that share a place push each other out. */
  private static final int PLACES = 64;

  private record Refused(String host, int port, InetAddress requested, long at, int count) {

    boolean isOf(String name, int toPort, InetAddress address) {
      return port == toPort && host.equals(name) && requested.equals(address);
    }
  }

  private final AtomicReferenceArray<Refused> places = new AtomicReferenceArray<>(PLACES);

  /**
   * All addresses of the name have refused in one race, the requested one first.
   *
   * @param now in nanoseconds, as all times here are; any origin
   */
  public void add(String host, int port, InetAddress requested, long now) {
    int place = place(host, port);
    Refused last = places.get(place);
    boolean inARow =
        last != null && last.isOf(host, port, requested) && now - last.at < PAUSE_NANOS;
    int count = inARow ? Math.min(last.count + 1, MANY) : 1;
    places.set(place, new Refused(host, port, requested, now, count));
  }

  /**
   * Whether the program connects to this address in such a loop, and the siblings have refused in
   * the last moment: then a refusal of this address is enough.
   */
  public boolean isLoop(String host, int port, InetAddress requested, long now) {
    Refused last = places.get(place(host, port));
    return last != null
        && last.count == MANY
        && now - last.at < GAP_NANOS
        && last.isOf(host, port, requested);
  }

  private static int place(String host, int port) {
    return (host.hashCode() + port) & (PLACES - 1);
  }
}
