package io.heagent.agent.connect;

import io.heagent.engine.history.FailureKind;
import io.heagent.engine.report.TriedAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Knows the names to which connects are refused by all addresses again and again, without a pause:
 * a program in such a loop is refused as quickly as without the agent. RFC 8305, section 5, lets no
 * attempts begin within 10 ms of each other, so that often the siblings are dialled at most; in
 * between the program's own address has been dialled and its refusal is the outcome, as it is the
 * JDK's. Any thread, without a lock: what is lost by a race between threads costs one more dial.
 */
final class Refusals {

  static final Refusals OF_PROCESS = new Refusals();

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

  /** All addresses of the name have refused in one race, the requested one first. */
  void all(String host, int port, InetAddress requested, long now) {
    int place = place(host, port);
    Refused last = places.get(place);
    boolean inARow =
        last != null && last.isOf(host, port, requested) && now - last.at < PAUSE_NANOS;
    int count = inARow ? Math.min(last.count + 1, MANY) : 1;
    places.set(place, new Refused(host, port, requested, now, count));
  }

  /** A race has failed like this. */
  void failed(ConnectCall call, List<TriedAddress> tried, long now) {
    if (tried.size() < 2 || !tried.get(0).address().equals(call.requested)) {
      return;
    }
    for (TriedAddress each : tried) {
      if (FailureKind.of(each.cause()) != FailureKind.REFUSED) {
        return;
      }
    }
    all(call.host, call.port, call.requested, now);
  }

  /** Whether this failure of the address dialled first, and only, is that of the whole connect. */
  boolean isEnough(ConnectCall call, InetAddress first, IOException failure) {
    return failure instanceof ConnectException
        && first.equals(call.requested)
        && areAll(call.host, call.port, first, System.nanoTime());
  }

  /** Whether the siblings of an address that has just refused have done so in the last moment. */
  boolean areAll(String host, int port, InetAddress requested, long now) {
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
