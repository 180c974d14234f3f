package io.heagent.agent.connect.admission;

import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.candidates.CandidateRules;
import io.heagent.agent.log.Faults;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.order.DialOrder;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides in which order a connect dials. Another address than the requested one may go first: by
 * RFC 6724's order, if the settings ask for that, or by history, which may move one healthy address
 * before a suspect. If planning fails, the requested address goes first.
 */
public final class DialPlanner {

  private DialPlanner() {}

  /**
   * Whether another address may go first, so that {@link #plan} is to be asked. Nearly always none
   * may; then nothing is made for the question.
   */
  static boolean isDue(ConnectRequest request, EndpointHistory history) {
    return request.rule().rfc6724() || hasSuspects(history);
  }

  private static boolean hasSuspects(EndpointHistory history) {
    return history != null && history.hasSuspects();
  }

  /**
   * The order for an address that the program has chosen.
   *
   * @param asRequested the order in which that address goes first
   */
  public static DialOrder plan(DialOrder asRequested, KnownAddresses known, CandidateRules rules) {
    if (!isDue(rules.request(), asRequested.history()) || isHopeless(asRequested, rules)) {
      return asRequested;
    }
    try {
      if (known instanceof KnownAddresses.Cached cached) {
        InetAddress requested = asRequested.requested();
        List<InetAddress> all = rules.siblings(requested, List.of(), cached.addresses());
        return all.isEmpty() ? asRequested : prefer(asRequested, all, true, rules);
      }
      return hasSuspects(asRequested.history()) ? asRequested.plannedAlone() : asRequested;
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      return asRequested;
    }
  }

  /**
   * Whether all addresses have refused within the last 10 ms, so that no order is better than
   * another.
   */
  private static boolean isHopeless(DialOrder order, CandidateRules rules) {
    ConnectRequest request = rules.request();
    return rules
        .refusals()
        .isLoop(request.host(), request.port(), order.requested(), System.nanoTime());
  }

  /**
   * The order for a name that was not resolved.
   *
   * @param asFound the order in which the first address found goes first
   * @param all the addresses that can be dialled, in order
   * @param complete whether no further address will be found
   */
  public static DialOrder plan(
      DialOrder asFound, List<InetAddress> all, boolean complete, CandidateRules rules) {
    if (!hasSuspects(asFound.history())) {
      return asFound;
    }
    try {
      return prefer(asFound, all, complete, rules);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      return asFound;
    }
  }

  private static DialOrder prefer(
      DialOrder order, List<InetAddress> all, boolean complete, CandidateRules rules) {
    InetAddress requested = order.requested();
    DialOrder planned = order.planned(all, complete, new MayGoFirst(rules, requested));
    // Looked for only here, because a stack trace is expensive and a connect to a healthy address
    // needs none.
    return planned.isReordered() && rules.racers().areOnStack() ? order.onlyRequested() : planned;
  }

  /** A class and no lambda, which the first connect of a JVM would have to wait for. */
  private record MayGoFirst(CandidateRules rules, InetAddress requested)
      implements Predicate<InetAddress> {

    @Override
    public boolean test(InetAddress first) {
      return rules.mayGoFirst(requested, first);
    }
  }
}
