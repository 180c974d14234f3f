package io.heagent.agent.connect;

import io.heagent.engine.core.RaceCore;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.SharedLookup;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses to dial after the first one, in order. Where the JDK's cache does not have them any
 * more they are looked up, on another thread, from the moment this is made; they join as the
 * answers come, the whole list woven anew each time (RFC 8305, section 3).
 */
final class CandidateSource implements AutoCloseable {

  /**
   * How often a race looks that nobody can tell whether more is known: its thread waits for the
   * network. Less often after some time, for there may be a thousand such threads.
   */
  private static final long LOOK_NANOS = 5_000_000L;

  private static final long LATE_LOOK_NANOS = 25_000_000L;
  private static final int LOOKS = 50;

  private static final InetAddress[] NONE = {};

  /**
   * The listener of one who asks by itself what is known. No lambda: races are to begin quickly.
   */
  static final Runnable NOBODY =
      new Runnable() {
        @Override
        public void run() {}
      };

  private final ConnectCall call;
  private final InetAddress first;

  /** Null where all is known from the outset. */
  private final SharedLookup.Interest lookup;

  /** What {@link #left} was made from. */
  private SharedLookup.Known seen;

  /** What has been dialled. */
  private final List<InetAddress> tried = new ArrayList<>(4);

  private List<InetAddress> left = List.of();

  private final Runnable whenMore;

  /** What the scope guard has made of the addresses known; null where there is none to ask. */
  private SiblingGuard.Sifted sifted;

  /** Whether {@link #whenMore} waits for the guard's word already. */
  private boolean awaitsGuard;

  private int looks;

  /** Null where none is needed, or what it gives is among those left. */
  private Translation translation;

  /** Whether no more is waited for. */
  private boolean givenUp;

  /** For a racing thread that asks {@link #isKnown} by itself. */
  CandidateSource(ConnectCall call, InetAddress first) {
    this(call, first, null);
  }

  /**
   * With something to run, on another thread, whenever more siblings may be known.
   *
   * @param first the address dialled first; null where the name has not been looked up at all
   * @param whenMore null for nothing
   */
  CandidateSource(ConnectCall call, InetAddress first, Runnable whenMore) {
    this.call = call;
    this.first = first;
    this.whenMore = whenMore;
    if (first != null) {
      tried.add(first);
    }
    if (call.known != null || call.isRequestedOnly()) {
      lookup = null;
      boolean nothing = call.known == null || (call.isRequestedOnly() && !call.reordered);
      take(SharedLookup.Known.of(List.of(nothing ? NONE : call.known)));
    } else {
      lookup = join(call, whenMore == null ? NOBODY : whenMore);
    }
  }

  private static SharedLookup.Interest join(ConnectCall call, Runnable listener) {
    // The look-up that has found the address dialled first may still bring others.
    SharedLookup.Interest begun = call.lookup == null ? null : call.lookup.join(listener);
    return begun != null ? begun : Lookups.join(call.host, listener);
  }

  /** Whether {@link #next} has an answer: an address, or that there will be none. */
  boolean isKnown() {
    if (lookup != null) {
      SharedLookup.Known now = lookup.lookup().known();
      if (!now.equals(seen)) {
        take(now);
      }
    }
    if (isGuardPending()) {
      take(seen);
    }
    if (translation != null && translation.isKnown()) {
      List<InetAddress> all = new ArrayList<>(left);
      all.addAll(translation.addresses());
      left = all;
      translation.close();
      translation = null;
    }
    return !left.isEmpty()
        || (seen.done() && translation == null && !isGuardPending())
        || call.isRequestedOnly()
        || givenUp;
  }

  /**
   * The same in a race that may have nothing else to wait for: a look-up that hangs must not keep a
   * refusal from the program, which would have been told at once without the agent. It is waited
   * for no longer than the Resolution Delay and one delay.
   *
   * @param idleSince since when every attempt has failed; {@link RaceCore#NEVER} for not
   */
  boolean isKnown(long idleSince, long now) {
    if (isKnown()) {
      return true;
    }
    givenUp = now >= givenUpAt(idleSince);
    return givenUp;
  }

  /**
   * When {@link #isKnown} has an answer at the latest. The look-up of a name that the program has
   * not looked up itself takes its time, as the JDK's would.
   */
  long givenUpAt(long idleSince) {
    if (idleSince == RaceCore.NEVER || !call.guarded) {
      return RaceCore.NEVER;
    }
    return idleSince
        + ResolutionCore.DEFAULT_DELAY_NANOS
        + ConnectCall.finite(call.rule.delayNanos());
  }

  private void take(SharedLookup.Known now) {
    seen = now;
    if (first != null) {
      sifted = call.guard.sift(call, now.addresses(), awaitsGuard ? null : whenMore);
      awaitsGuard |= sifted.pending();
      left = Siblings.of(call, tried, sifted);
    } else if (now.settled()) {
      left = Siblings.all(call, tried, now.addresses());
      if (call.requested == null && !left.isEmpty()) {
        call.requested = left.get(0);
      }
    }
    left = Plan.rest(call, tried, left);
    if (now.done() && !isGuardPending()) {
      translation = Translation.of(call, tried, left, whenMore);
    }
  }

  private boolean isGuardPending() {
    return sifted != null && sifted.pending();
  }

  /** Whether {@link #next} has an address by now. Of a call on its own it is not said. */
  boolean hasNext() {
    return isKnown() && !call.isRequestedOnly() && !left.isEmpty();
  }

  /** How long to wait at most before asking {@link #isKnown} again, in nanoseconds. */
  long nextLook() {
    if (whenMore != null) {
      return Long.MAX_VALUE;
    }
    return ++looks <= LOOKS ? LOOK_NANOS : LATE_LOOK_NANOS;
  }

  /** The address dialled first, if known. */
  InetAddress first() {
    return first;
  }

  /**
   * The next address, or null if there are no more. Only once known, and once it is needed: the
   * first address has failed or is late by then.
   */
  InetAddress next() {
    if (sifted != null && !sifted.pending() && !call.isRequestedOnly()) {
      call.guard.tell(call, sifted);
      sifted = null;
    }
    if (call.isRequestedOnly()) {
      // Exactly the address that the program asked for, even where another one went first.
      boolean passedOver = call.reordered && !tried.contains(call.requested);
      return passedOver ? tried(call.requested) : null;
    } else if (left.isEmpty()) {
      return null;
    }
    InetAddress next = left.get(0);
    left = left.subList(1, left.size());
    return tried(next);
  }

  private InetAddress tried(InetAddress next) {
    tried.add(next);
    return next;
  }

  /** The race is over: what is looked up for nobody else, and has not begun, is not looked up. */
  @Override
  public void close() {
    if (lookup != null) {
      lookup.leave();
    }
    if (translation != null) {
      translation.close();
    }
  }

  /** Whether side channels must be IPv4 only, as the program's own socket is. */
  boolean isIpv4Only() {
    return call.socket.isIpv4Only();
  }
}
