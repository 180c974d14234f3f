package io.heagent.engine.order;

import io.heagent.engine.history.EndpointHistory;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * In which order one connect dials its addresses, and how long it waits for each before it dials
 * the next.
 *
 * <p>Immutable: a method that changes the plan returns another order. As thread-safe as the history
 * it was made with. Times are in nanoseconds. A <em>sibling</em> is another address of the same
 * name.
 */
public final class DialOrder {

  /** A delay without end: the next address is dialled only when the attempt before has failed. */
  public static final long NEVER = Long.MAX_VALUE;

  /** RFC 8305, section 8. Takes the place of {@link #NEVER} where a finite number is needed. */
  private static final long DEFAULT_DELAY = 250_000_000L;

  /** RFC 8305, section 5, recommends that a delay taken from history is no shorter than this. */
  private static final long SHORTEST_DELAY = 100_000_000L;

  /** The delay of a hasty order: RFC 8305, section 5, says that a delay MUST NOT be shorter. */
  private static final long HASTY_DELAY = 10_000_000L;

  private static final int PATIENCE_DELAYS = 10;

  /** A lost SYN is sent again after one second (RFC 6298), and its answer needs time too. */
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

  /**
   * The order after a look-up has found the first address of a name, which counts as requested from
   * then on.
   */
  public DialOrder requesting(InetAddress found) {
    return new DialOrder(found, delay, history);
  }

  /**
   * The order for a connect whose siblings are known. If the requested address is a suspect of the
   * history and a healthy sibling may go first, that sibling is dialled first and the requested
   * address after it.
   *
   * @param all the addresses that may be dialled, the requested one included, in the order of the
   *     look-up's answer
   * @param complete whether no address will be added later. Then history is not asked a second time
   *     in this connect: it leaves the order of one connect in 64 as it is on purpose, and a second
   *     question could undo that
   * @param mayGoFirst tells whether the program's own socket may be connected to an address; called
   *     at most once
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
   * The order for a connect whose siblings must be looked up first. A requested address that is a
   * suspect is dialled all the same, but its siblings follow after the shortest delay that RFC 8305
   * allows.
   */
  public DialOrder plannedAlone() {
    boolean dead = history != null && history.isSuspect(requested);
    return new DialOrder(this, first, historyApplied, dead, requestedOnly);
  }

  /** This order with another address than the requested one first. */
  public DialOrder beginningWith(InetAddress other) {
    return new DialOrder(this, other, true, hasty, requestedOnly);
  }

  /** This order without any sibling, for a program that races by itself. */
  public DialOrder onlyRequested() {
    return new DialOrder(this, first, historyApplied, hasty, true);
  }

  /** This order, with a note whether history has been applied to it. */
  private DialOrder withHistoryApplied(boolean applied) {
    return new DialOrder(this, first, applied, hasty, requestedOnly);
  }

  /**
   * The addresses that are left to dial, as history orders them. A race moves one address at most,
   * so that every other address is tried at most one place later than without history.
   *
   * @return the list {@code left} itself if history does not change it, or was applied before. If
   *     another list is returned, the caller goes on with the order of {@link #afterRest}
   */
  @SuppressWarnings("ReferenceEquality") // Both lists hold the same objects.
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

  /** The order to go on with once {@link #rest} has moved an address. */
  public DialOrder afterRest() {
    return withHistoryApplied(true);
  }

  /** The address that the program asked for; null while the look-up of a name has found none. */
  public InetAddress requested() {
    return requested;
  }

  /** The address dialled first; null while the look-up of a name has found none. */
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
   * The Connection Attempt Delay after an attempt at an address: the one that history proposes, or
   * the one that is set where history is not used. It is never longer than the one that is set,
   * except after the requested address if that is dialled first: history may propose up to twice
   * the delay there. So history makes no connect later by more than one delay.
   *
   * @param standsDown whether the program seems to race by itself; then its own address is given
   *     two delays
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
    // A suspect is not given two delays, even if the program seems to race by itself.
    boolean standing = standsDown && (history == null || !history.isSuspect(requested));
    return standing ? Math.min(2 * known, 2 * delay) : known;
  }

  /** A lower bound of all delays of this connect. */
  public long shortestDelay() {
    return hasty ? HASTY_DELAY : shortestDelay(delay, history);
  }

  /** The same for the order that {@link #of} would make, which need not be made for it. */
  public static long shortestDelay(long delay, EndpointHistory history) {
    return history == null ? delay : Math.min(delay, SHORTEST_DELAY);
  }

  /**
   * How long a connect waits for silent siblings after the requested address has failed, counted
   * from the last dial: long enough for one lost packet to be sent again and answered. Without the
   * race the program would have had the failure at once. It may wait a little for a sibling to
   * answer, but not for its whole timeout, nor for minutes where it has none.
   */
  public long patience() {
    return Math.max(PATIENCE_DELAYS * finite(delay), SHORTEST_PATIENCE);
  }

  /** The given delay, or the default of 250 ms if it is {@link #NEVER}. */
  public static long finite(long delay) {
    return delay == NEVER ? DEFAULT_DELAY : delay;
  }
}
