package io.heagent.agent.connect.admission;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.candidates.CandidateRules;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.engine.order.DialOrder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Begins the call of a connect to a name that the program has not looked up. Loaded for the first
 * such connect. Any thread.
 */
final class UnresolvedCall {

  private UnresolvedCall() {}

  /**
   * Looks the name up and begins the call. The call has no ticket, because the program has chosen
   * no address.
   *
   * @param trace where the race is recorded; null if it is not
   * @return null if there is no such name, so that the JDK's own code is to run alone
   * @throws IOException if the program has closed its channel meanwhile
   */
  static ConnectCall begin(
      ConnectRequest request,
      CandidateServices services,
      HistoryRegistry histories,
      RaceTrace trace)
      throws IOException {
    CandidateRules rules = new CandidateRules(request, services, null);
    TargetResolution found = new UnresolvedTarget(request, rules).resolve();
    if (found instanceof TargetResolution.NoSuchName) {
      return null;
    } else if (found instanceof TargetResolution.Closed
        && request.socket().kind() == SocketKind.CHANNEL) {
      throw UnresolvedTarget.closed();
    }
    InetSocketAddress target;
    KnownAddresses known;
    DialOrder order;
    if (found instanceof TargetResolution.Resolved resolved) {
      known = resolved.known();
      InetAddress first = resolved.addresses().get(0);
      target = new InetSocketAddress(first, request.port());
      boolean complete = known instanceof KnownAddresses.Cached;
      order =
          DialPlanner.plan(histories.order(request, first), resolved.addresses(), complete, rules);
    } else {
      boolean notYet = found instanceof TargetResolution.NotYet;
      known = notYet ? ((TargetResolution.NotYet) found).known() : new KnownAddresses.None();
      target = UnresolvedTarget.placeholder(request);
      order = histories.order(request, null);
    }
    return new ConnectCall(request, order, new ConnectCall.Lookup(found, known, target), trace);
  }
}
