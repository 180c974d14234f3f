package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Recognises a program that connects to a name in a loop without a pause while all addresses
 * refuse. Such a program gets its refusals as quickly as from the JDK alone: the other addresses
 * are dialled every 10 ms at most, because RFC 8305, section 5, allows no attempts within 10 ms of
 * each other; in between only the requested address is dialled, and its refusal is the outcome.
 *
 * <p>Any thread may call it; there is no lock. If two threads write the same place at the same
 * time, one count is lost, which costs one more dial.
 */
public final class RefusalStreaks {

  /**
   * How many refused races in a row make a loop. Ordinary programs retry a few times, after a
   * pause.
   */
  static final int MANY = 16;

  static final long GAP_NANOS = 10_000_000L;

  /** After a longer pause between two races to a name the count begins anew. */
  static final long PAUSE_NANOS = 2 * GAP_NANOS;

  /** The size of the table, a power of two. Names that share a place replace each other. */
  private static final int PLACES = 64;

  private record Refused(String host, int port, InetAddress requested, long at, int count) {

    boolean isOf(String name, int toPort, InetAddress address) {
      return port == toPort && host.equals(name) && requested.equals(address);
    }
  }

  private final AtomicReferenceArray<Refused> places = new AtomicReferenceArray<>(PLACES);

  /**
   * Counts a race in which all addresses of the name have refused, the requested one first.
   *
   * @param now in nanoseconds since an arbitrary moment, as all times here
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
   * Whether the program connects to this address in such a loop, and the other addresses have
   * refused within the last 10 ms. If so, a refusal of this address is enough to fail the connect.
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
