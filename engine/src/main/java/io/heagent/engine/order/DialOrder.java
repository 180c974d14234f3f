package io.heagent.engine.order;

import io.heagent.engine.history.EndpointHistory;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * In which order one connect dials its addresses, and for how long each has the field to itself.
 *
 * <p>Immutable: whoever changes the plan makes another order and hands that on. As thread-safe as
 * the history it was made with. Times are nanoseconds.
 */
public final class DialOrder {

  /** The delay that never ends: the next address is dialled only when one has failed. */
  public static final long NEVER = Long.MAX_VALUE;

  /** RFC 8305, section 8; used where {@link #NEVER} is set and a number is needed. */
  private static final long DEFAULT_DELAY = 250_000_000L;

  /** RFC 8305, section 5: a delay that history proposes should not be shorter. */
  private static final long SHORTEST_DELAY = 100_000_000L;

  /** RFC 8305, section 5: two attempts MUST NOT begin within less. */
  private static final long HASTY_DELAY = 10_000_000L;

  private static final int PATIENCE_DELAYS = 10;

  /** A lost SYN is sent again after a second (RFC 6298), and then its answer takes its time. */
  private static final long SHORTEST_PATIENCE = 2_500_000_000L;

  private final InetAddress requested;
  private final InetAddress first;
  private final long delay;
  private final EndpointHistory history;
  private final boolean historyApplied;
  private final boolean hasty;
  private final boolean requestedOnly;

  private DialOrder(
      DialOrder like,
      InetAddress first,
      boolean historyApplied,
      boolean hasty,
      boolean requestedOnly) {
    this.requested = like.requested;
    this.first = first;
    this.delay = like.delay;
    this.history = like.history;
    this.historyApplied = historyApplied;
    this.hasty = hasty;
    this.requestedOnly = requestedOnly;
  }

  private DialOrder(InetAddress requested, long delay, EndpointHistory history) {
    this.requested = requested;
    this.first = requested;
    this.delay = delay;
    this.history = history;
    this.historyApplied = false;
    this.hasty = false;
    this.requestedOnly = false;
  }

  /**
   * The requested address first, then its siblings in the order in which they are found.
   *
   * @param requested the address that the program asked for; of a name, the first one found, or
   *     null while there is none
   * @param delay the Connection Attempt Delay that is set, or {@link #NEVER}
   * @param history what is remembered of the host and port; null where history is not used
   */
  public static DialOrder of(InetAddress requested, long delay, EndpointHistory history) {
    return new DialOrder(requested, delay, history);
  }

  /** A look-up has found the first address of a name: that is the requested one from now on. */
  public DialOrder requesting(InetAddress found) {
    return new DialOrder(found, delay, history);
  }

  /**
   * The plan where the siblings are known: no connect begins with an address that is known as dead
   * if another one may go first. The requested address follows.
   *
   * @param all what can be dialled, the requested address included, in the order of its name
   * @param complete whether nothing will be added: then history is not asked again, because one
   *     connect in so many is to ignore it
   * @param mayGoFirst whether the program's own socket may be connected to an address; asked once
   *     at most
   */
  public DialOrder planned(
      List<InetAddress> all, boolean complete, Predicate<InetAddress> mayGoFirst) {
    List<InetAddress> ordered = history == null ? all : history.order(all);
    InetAddress best = ordered.get(0);
    if (!best.equals(requested) && mayGoFirst.test(best)) {
      return beginningWith(best);
    }
    return withHistoryApplied(ordered == all && complete);
  }

  /**
   * The plan where only a look-up could tell the siblings: one that is known as dead is dialled all
   * the same, but its siblings follow as soon as they are allowed to.
   */
  public DialOrder plannedAlone() {
    boolean dead = history != null && history.isSuspect(requested);
    return new DialOrder(this, first, historyApplied, dead, requestedOnly);
  }

  /** Another address than the requested one goes first. */
  public DialOrder beginningWith(InetAddress other) {
    return new DialOrder(this, other, true, hasty, requestedOnly);
  }

  /** No sibling joins (any more): the program races by itself. */
  public DialOrder onlyRequested() {
    return new DialOrder(this, first, historyApplied, hasty, true);
  }

  /** History has had its say, or has not. */
  private DialOrder withHistoryApplied(boolean applied) {
    return new DialOrder(this, first, applied, hasty, requestedOnly);
  }

  /**
   * What is left to dial, as history orders it. Only one address is ever moved in a race: no other
   * one is then tried more than one place later than without history.
   *
   * @return the list itself if history has nothing to say, or has had its say; if it is another
   *     list, {@link #afterRest} is the order to go on with
   */
  @SuppressWarnings("ReferenceEquality") // These very objects were put into the list.
  public List<InetAddress> rest(List<InetAddress> tried, List<InetAddress> left) {
    if (history == null || historyApplied || left.size() < 2) {
      return left;
    }
    List<InetAddress> all = new ArrayList<>(tried);
    all.addAll(left);
    List<InetAddress> ordered = history.order(all);
    if (ordered == all) {
      return left;
    }
    List<InetAddress> rest = new ArrayList<>(left.size());
    for (InetAddress address : ordered) {
      for (InetAddress wanted : left) {
        if (address == wanted) {
          rest.add(address);
        }
      }
    }
    return rest;
  }

  /** The order once {@link #rest} has moved an address. */
  public DialOrder afterRest() {
    return withHistoryApplied(true);
  }

  /** The address that the program asked for; null while a name has none. */
  public InetAddress requested() {
    return requested;
  }

  /** The address dialled first; null while a name has none. */
  public InetAddress first() {
    return first;
  }

  /** Whether another address than the requested one goes first. */
  public boolean isReordered() {
    return first != null && !first.equals(requested);
  }

  /** Whether only the requested address is to be dialled, after the first one if that differs. */
  public boolean isRequestedOnly() {
    return requestedOnly;
  }

  /** What is remembered of the host and port; null where history is not used. */
  public EndpointHistory history() {
    return history;
  }

  /**
   * The Connection Attempt Delay after an attempt at an address: by what is known of it, else the
   * one that is set. An address of which longer connect times are known may have up to twice that,
   * if it is the requested one and the first: so no connect is ever later by more than one delay
   * than it was without history.
   *
   * @param standsDown whether the program seems to race by itself, so that its address has two
   *     delays
   */
  public long delayAfter(InetAddress address, boolean standsDown) {
    if (delay == NEVER) {
      return NEVER;
    } else if (hasty && address.equals(requested)) {
      return HASTY_DELAY;
    }
    long known = history == null ? delay : history.delay(address);
    if (isReordered() || !address.equals(requested)) {
      return Math.min(known, delay);
    }
    // An address that is known as dead keeps nobody waiting, whatever the program seems to do.
    boolean standing = standsDown && (history == null || !history.isSuspect(requested));
    return standing ? Math.min(2 * known, 2 * delay) : known;
  }

  /** No delay of this connect is shorter. */
  public long shortestDelay() {
    return hasty ? HASTY_DELAY : history == null ? delay : Math.min(delay, SHORTEST_DELAY);
  }

  /**
   * How long a connect goes on after its own address has failed, for siblings that say nothing:
   * counted from the last dial, the time for one lost packet to be sent again and answered,
   * whatever the delay. The program would have had that failure at once: it may wait for a cure,
   * but not for its whole timeout, and without one not for minutes.
   */
  public long patience() {
    return Math.max(PATIENCE_DELAYS * finite(delay), SHORTEST_PATIENCE);
  }

  /** A delay, or the default one where it never ends. */
  public static long finite(long delay) {
    return delay == NEVER ? DEFAULT_DELAY : delay;
  }
}
