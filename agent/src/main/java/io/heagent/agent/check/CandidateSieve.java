package io.heagent.agent.check;

import io.heagent.agent.check.result.LeftOut;
import io.heagent.agent.check.result.LeftOut.Reason;
import io.heagent.agent.config.rule.RaceRule.Scope;
import io.heagent.engine.address.AddressText;
import io.heagent.engine.order.AddressSpace;
import io.heagent.engine.order.CandidateFilter;
import io.heagent.engine.order.ScopeGuard.Barrier;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which addresses of an answer may be raced: those of the requested family that the
 * engine's scope guard allows beside the first one.
 *
 * @param family 4, 6 or any
 * @param scope the setting {@code scope}
 * @param own whether the name is the site's own
 */
record CandidateSieve(String family, Scope scope, boolean own) {

  /**
   * The addresses of an answer, divided into two lists.
   *
   * @param allowed the addresses that may be raced, in their order
   */
  record Sifted(List<InetAddress> allowed, List<LeftOut> leftOut) {}

  /**
   * Divides an answer.
   *
   * @param given the first address of an earlier answer; null if there is none
   */
  Sifted sift(InetAddress given, List<InetAddress> answer) {
    List<InetAddress> candidates = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    CandidateFilter filter =
        new CandidateFilter(given, limit(), List.of(), null, List.of(), address -> true);
    for (InetAddress address : answer) {
      if (!isOfFamily(address)) {
        leftOut.add(new LeftOut(address, Reason.FAMILY, "--family=" + family));
      } else if (!filter.isUsable(address)) {
        leftOut.add(new LeftOut(address, Reason.UNUSABLE, "nothing can be connected to it"));
      } else {
        candidates.add(address);
      }
    }
    CandidateFilter.Parted parted = filter.part(candidates);
    for (CandidateFilter.LeftOut one : parted.leftOut()) {
      leftOut.add(new LeftOut(one.address(), Reason.SCOPE, words(one)));
    }
    return new Sifted(parted.allowed(), leftOut);
  }

  private Barrier limit() {
    if (scope == Scope.ANY) {
      return Barrier.HOST;
    }
    return scope == Scope.AUTO && own ? Barrier.SITE : Barrier.NONE;
  }

  private boolean isOfFamily(InetAddress address) {
    return family.equals(CheckOptions.ANY_FAMILY)
        || family.equals("4") == address instanceof Inet4Address;
  }

  private String words(CandidateFilter.LeftOut one) {
    String is = "it is " + AddressSpace.of(one.address(), List.of()).words();
    if (one.barrier() == Barrier.ALWAYS) {
      return is + ", which no connect is led to";
    }
    String first = AddressText.of(one.given()) + ", the first address, is not";
    return is + ", and " + first + " (scope=" + scope.text() + ")";
  }
}
