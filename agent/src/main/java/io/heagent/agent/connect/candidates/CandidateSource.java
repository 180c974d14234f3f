package io.heagent.agent.connect.candidates;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.order.DialOrder;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupInterest;
import io.heagent.engine.resolve.shared.LookupSource;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses to dial after the first one, in order. If neither the JDK's cache nor its last
 * answer has them, a look-up on another thread begins when this object is made. Addresses join as
 * the answers come, and the whole list is interleaved again each time (RFC 8305, section 3).
 */
public final class CandidateSource implements AutoCloseable {

  /**
   * How often a race whose thread waits in poll(2), and so cannot be told, looks whether more is
   * known. After some time it looks less often, because there may be a thousand such threads.
   */
  private static final long LOOK_NANOS = 5_000_000L;

  private static final long LATE_LOOK_NANOS = 25_000_000L;
  private static final int LOOKS = 50;

  private final CandidateRules rules;
  private final InetAddress first;

  /** Null if all addresses are known from the start. */
  private final LookupInterest lookup;

  /** The order as it has become with what was found. */
  private DialOrder order;

  /** What {@link #left} was made from. */
  private Known seen;

  /** What has been dialled. */
  private final List<InetAddress> tried = new ArrayList<>(4);

  private List<InetAddress> left = List.of();

  private final Runnable whenMore;

  /** What the scope guard has made of the addresses known; null where there is none to ask. */
  private SiblingGuard.Sifted sifted;

  /** Whether {@link #whenMore} is registered with the guard already. */
  private boolean awaitsGuard;

  private int looks;

  /** Null where none is needed, or what it gives is among those left. */
  private Nat64Candidates translation;

  /** Whether the race no longer waits for further addresses. */
  private boolean givenUp;

  /** Of a call, as its order is now. */
  public CandidateSource(
      CandidateServices services, ConnectCall call, InetAddress first, Runnable whenMore) {
    this(CandidateRules.of(services, call), call.known, call.order(), first, whenMore);
  }

  /**
   * With something to run, on another thread, whenever more siblings may be known.
   *
   * @param first the address dialled first; null where the name has not been looked up at all
   * @param whenMore null for nothing
   */
  public CandidateSource(
      CandidateRules rules,
      KnownAddresses known,
      DialOrder order,
      InetAddress first,
      Runnable whenMore) {
    this.rules = rules;
    this.order = order;
    this.first = first;
    this.whenMore = whenMore;
    if (first != null) {
      tried.add(first);
    }
    if (order.isRequestedOnly() || known instanceof KnownAddresses.Cached) {
      lookup = null;
      boolean all =
          known instanceof KnownAddresses.Cached
              && (!order.isRequestedOnly() || order.isReordered());
      take(Known.of(all ? ((KnownAddresses.Cached) known).addresses() : List.of()));
    } else {
      lookup = join(known, whenMore == null ? LookupSource.NOBODY : whenMore);
    }
  }

  private LookupInterest join(KnownAddresses known, Runnable listener) {
    // The look-up that has found the address dialled first may still bring others.
    LookupInterest begun =
        known instanceof KnownAddresses.Pending pending ? pending.lookup().join(listener) : null;
    return begun != null ? begun : rules.lookups().join(rules.request().host(), listener);
  }

  /** The order to go on with: with the requested address, once a look-up has found that. */
  public DialOrder order() {
    return order;
  }

  /** Whether {@link #next} has an answer: an address, or that there will be none. */
  public boolean isKnown() {
    if (lookup != null) {
      Known now = lookup.lookup().known();
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
        || order.isRequestedOnly()
        || givenUp;
  }

  /**
   * The same for a race all of whose attempts may have failed. A look-up that hangs must not keep
   * the failure from the program, which would have got it at once without the agent; so the race
   * waits for the look-up no longer than the Resolution Delay and one Connection Attempt Delay.
   *
   * @param idleSince since when every attempt has failed; {@link RaceCore#NEVER} for not
   */
  public boolean isKnown(long idleSince, long now) {
    if (isKnown()) {
      return true;
    }
    givenUp = now >= givenUpAt(idleSince);
    return givenUp;
  }

  /**
   * When {@link #isKnown} has an answer at the latest. For a name that the program has not looked
   * up itself there is no such limit, as there is none in the JDK.
   */
  public long givenUpAt(long idleSince) {
    if (idleSince == RaceCore.NEVER || !rules.request().isVetted()) {
      return RaceCore.NEVER;
    }
    return idleSince
        + ResolutionCore.DEFAULT_DELAY_NANOS
        + DialOrder.finite(rules.request().rule().delayNanos());
  }

  private void take(Known now) {
    seen = now;
    if (first != null) {
      sifted = rules.sift(order.requested(), now.addresses(), awaitsGuard ? null : whenMore);
      awaitsGuard |= sifted.pending();
      left = rules.siblings(order.requested(), tried, sifted);
    } else if (now.settled()) {
      left = rules.all(order.requested(), tried, now.addresses());
      if (order.requested() == null && !left.isEmpty()) {
        order = order.requesting(left.get(0));
      }
    }
    orderRest();
    if (now.done() && !isGuardPending() && !order.isRequestedOnly()) {
      translation = Nat64Candidates.of(rules, tried, left, whenMore);
    }
  }

  @SuppressWarnings("ReferenceEquality") // The list itself comes back where nothing changes.
  private void orderRest() {
    List<InetAddress> ordered = order.rest(tried, left);
    if (ordered != left) {
      left = ordered;
      order = order.afterRest();
    }
  }

  private boolean isGuardPending() {
    return sifted != null && sifted.pending();
  }

  /** Whether {@link #next} has an address by now. Of a call on its own it is not said. */
  public boolean hasNext() {
    return isKnown() && !order.isRequestedOnly() && !left.isEmpty();
  }

  /** How long to wait at most before asking {@link #isKnown} again, in nanoseconds. */
  public long nextLook() {
    if (whenMore != null) {
      return Long.MAX_VALUE;
    }
    return ++looks <= LOOKS ? LOOK_NANOS : LATE_LOOK_NANOS;
  }

  /** The address dialled first, if known. */
  public InetAddress first() {
    return first;
  }

  /**
   * The next address, or null if there are no more. Only once known, and once it is needed: the
   * first address has failed or is late by then.
   */
  public InetAddress next() {
    if (sifted != null && !sifted.pending() && !order.isRequestedOnly()) {
      rules.tell(order.requested(), sifted);
      sifted = null;
    }
    if (order.isRequestedOnly()) {
      // The address that the program asked for, if another one went first and it has not been
      // dialled yet.
      boolean passedOver = order.isReordered() && !tried.contains(order.requested());
      return passedOver ? tried(order.requested()) : null;
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

  /** The race is over: its look-up is dropped if it has not begun and no other connect wants it. */
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
  public boolean isIpv4Only() {
    return rules.request().socket().isIpv4Only();
  }
}
