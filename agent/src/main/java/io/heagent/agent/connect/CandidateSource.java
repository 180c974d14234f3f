package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.List;
import sun.nio.ch.HeJdk;

/**
 * The siblings of the address dialled first, in order. Where the JDK's cache does not have them any
 * more they are looked up, on another thread, from the moment this is made.
 */
final class CandidateSource {

  /**
   * How often a race looks whether the look-up is done: the racing thread waits for its network.
   */
  private static final long LOOK_NANOS = 5_000_000L;

  private final ConnectCall call;
  private final InetAddress first;

  private List<InetAddress> siblings;
  private Lookup lookup;
  private int next;

  /** For a racing thread that asks {@link #isKnown} by itself. */
  CandidateSource(ConnectCall call, InetAddress first) {
    this(call, first, () -> {});
  }

  /**
   * With something to run, on another thread, once the siblings are known that were not.
   *
   * @param first the address dialled first; null where the name has not been looked up at all
   */
  CandidateSource(ConnectCall call, InetAddress first, Runnable whenKnown) {
    this.call = call;
    this.first = first;
    if (call.alone) {
      siblings = List.of();
    } else if (call.known == null) {
      lookup = Lookup.start(call.host, whenKnown);
      if (lookup == null) {
        siblings = List.of();
      }
    }
  }

  /** Whether the siblings are known by now. */
  boolean isKnown() {
    if (siblings == null && call.known != null) {
      siblings = of(call.known);
    } else if (siblings == null && lookup.isDone()) {
      siblings = of(lookup.addresses());
    }
    return siblings != null;
  }

  private List<InetAddress> of(InetAddress[] addresses) {
    return first == null ? Siblings.all(call, addresses) : Siblings.of(call, first, addresses);
  }

  /** How long to wait before asking {@link #isKnown} again, in nanoseconds. */
  long nextLook() {
    return LOOK_NANOS;
  }

  /** The address that the program asked for, or the first of an unresolved name, if known. */
  InetAddress first() {
    return first;
  }

  /** The next sibling, or null if there are no more. Only once known. */
  InetAddress next() {
    return next < siblings.size() && !call.alone ? siblings.get(next++) : null;
  }

  /** Whether side channels must be IPv4 only, as the program's own socket is. */
  boolean isIpv4Only() {
    return HeJdk.isIpv4Only(call.impl);
  }
}
