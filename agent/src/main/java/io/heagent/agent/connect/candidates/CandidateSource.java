package io.heagent.agent.connect.candidates;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.engine.address.AddressKey;
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
 * the answers come, and the whole list is interleaved again each time (RFC 8305, section 3). Only
 * this class replaces the dial order of a call. Guarded as its race is.
 */
public final class CandidateSource implements AutoCloseable {

  private final CandidateRules rules;
  private final ConnectCall call;
  private final InetAddress first;

  /** Null if all addresses are known from the start. */
  private final LookupInterest lookup;

  /** The addresses that {@link #left} was made from. */
  private Known seen;

  /** The addresses that were dialled. */
  private final List<InetAddress> tried = new ArrayList<>(4);

  private List<InetAddress> left = List.of();

  /** The address that history has moved before {@link #passed}; null for none. */
  private AddressKey moved;

  private AddressKey passed;

  private final Runnable whenMore;

  /**
   * The order of a source that only looks ahead and has its call's order stay as it is; null for
   * the source of a race, which goes by its call's order.
   */
  private DialOrder ahead;

  /**
   * What the scope guard has let pass of the known addresses; null if there are none, or once
   * people have been told what it has left out.
   */
  private SiblingGuard.Sifted sifted;

  /** Whether {@link #whenMore} is registered with the guard already. */
  private boolean awaitsGuard;

  /** Null if no translation is needed, or once its addresses are in {@link #left}. */
  private Nat64Candidates translation;

  /** Whether the race no longer waits for further addresses. */
  private boolean givenUp;

  /**
   * The addresses of a call.
   *
   * @param first the address dialled first; null if the name has not been looked up at all
   * @param whenMore run on another thread whenever more siblings may be known; null for nothing
   */
  public CandidateSource(
      CandidateServices services, ConnectCall call, InetAddress first, Runnable whenMore) {
    this(services, call, first, whenMore, null);
  }

  private CandidateSource(
      CandidateServices services,
      ConnectCall call,
      InetAddress first,
      Runnable whenMore,
      DialOrder ahead) {
    this.rules = CandidateRules.of(services, call);
    this.call = call;
    this.first = first;
    this.whenMore = whenMore;
    this.ahead = ahead;
    DialOrder order = order();
    KnownAddresses known = call.known();
    if (first != null) {
      tried.add(first);
    }
    if (order.isRequestedOnly() || known instanceof KnownAddresses.Cached) {
      lookup = null;
      boolean all = known instanceof KnownAddresses.Cached && !order.isRequestedOnly();
      take(Known.of(all ? ((KnownAddresses.Cached) known).addresses() : List.of()));
    } else {
      lookup = join(known, whenMore == null ? LookupSource.NOBODY : whenMore);
    }
  }

  /**
   * The addresses that the race of a call would dial after the requested one. The call's own order
   * stays as it is; {@link #order} has the one that they have been taken by.
   */
  public static CandidateSource lookingAhead(CandidateServices services, ConnectCall call) {
    return new CandidateSource(services, call, call.requested(), null, call.order());
  }

  /** Has a race go by another order. Called before the race has a source. */
  public static void replaceOrder(ConnectCall call, DialOrder next) {
    call.follow(next);
  }

  /** The dial order as it is by now. */
  public DialOrder order() {
    return ahead == null ? call.order() : ahead;
  }

  private void follow(DialOrder next) {
    if (ahead == null) {
      call.follow(next);
    } else {
      ahead = next;
    }
  }

  private LookupInterest join(KnownAddresses known, Runnable listener) {
    // The look-up that has found the address dialled first may still bring others.
    LookupInterest begun =
        known instanceof KnownAddresses.Pending pending ? pending.lookup().join(listener) : null;
    return begun != null ? begun : rules.lookups().join(rules.request().host(), listener);
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
        || order().isRequestedOnly()
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
      sifted = rules.sift(order().requested(), now.addresses(), awaitsGuard ? null : whenMore);
      awaitsGuard |= sifted.pending();
      left = rules.siblings(order().requested(), tried, sifted);
    } else if (now.settled()) {
      left = rules.all(order().requested(), tried, now.addresses());
      if (order().requested() == null && !left.isEmpty()) {
        follow(order().requesting(left.get(0)));
      }
    }
    orderRest();
    if (now.done() && !isGuardPending() && !order().isRequestedOnly()) {
      translation = Nat64Candidates.of(rules, tried, left, whenMore);
    }
  }

  /**
   * Has history order the addresses that are left, once, and notes which address it has moved. The
   * comparisons are by identity: the order returns {@link #left} itself if nothing changes, and
   * otherwise a list of the same objects.
   */
  @SuppressWarnings("ReferenceEquality")
  private void orderRest() {
    if (moved != null) {
      keepMoved();
      return;
    }
    List<InetAddress> ordered = order().rest(tried, left);
    if (ordered != left) {
      int place = 0;
      // The moved address stands at the first difference. There is none if that address was moved
      // only before addresses that have been dialled by now.
      while (place < left.size() && ordered.get(place) == left.get(place)) {
        place++;
      }
      if (place < left.size()) {
        moved = AddressKey.of(ordered.get(place));
        passed = AddressKey.of(left.get(place));
      }
      left = ordered;
      follow(order().afterRest());
    }
  }

  /**
   * Called when {@link #left} was made anew from more addresses: moves the same address to the same
   * place again, unless one of the two addresses has been dialled meanwhile.
   */
  private void keepMoved() {
    int from = place(moved);
    int to = place(passed);
    if (to >= 0 && from > to) {
      left = new ArrayList<>(left);
      left.add(to, left.remove(from));
    }
  }

  /** Where an address is among those that are left; -1 if it is not. */
  private int place(AddressKey key) {
    for (int i = 0; i < left.size(); i++) {
      if (AddressKey.of(left.get(i)).equals(key)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isGuardPending() {
    return sifted != null && sifted.pending();
  }

  /** Whether {@link #next} has a sibling by now. */
  public boolean hasNext() {
    return isKnown() && !order().isRequestedOnly() && !left.isEmpty();
  }

  /**
   * The next address, or null if there are no more. Called only when {@link #isKnown} has returned
   * true and the address is needed, because the first one has failed or is late.
   */
  public InetAddress next() {
    if (sifted != null && !sifted.pending() && !order().isRequestedOnly()) {
      rules.tell(order().requested(), sifted);
      sifted = null;
    }
    if (order().isRequestedOnly()) {
      // The address that the program asked for, if another one went first and it has not been
      // dialled yet.
      boolean passedOver = order().isReordered() && !tried.contains(order().requested());
      return passedOver ? tried(order().requested()) : null;
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

  /** Called at the end of the race. Its look-up is dropped if no other connect waits for it. */
  @Override
  public void close() {
    if (lookup != null) {
      lookup.leave();
    }
    if (translation != null) {
      translation.close();
    }
  }

  /** Whether fallback sockets must be IPv4 only, as the program's own socket is. */
  public boolean isIpv4Only() {
    return rules.request().socket().isIpv4Only();
  }
}
