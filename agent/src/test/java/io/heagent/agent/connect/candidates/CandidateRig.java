package io.heagent.agent.connect.candidates;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.engine.address.Nat64Discovery;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.resolve.shared.LookupInterest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which look-ups a race's candidates begin, and how often the race is told that more is known. */
final class CandidateRig {

  final FakeNetwork network = new FakeNetwork();

  /** The names that were looked up. */
  final List<String> lookedUp = new ArrayList<>();

  /** The look-up that was begun last; null before the first. */
  PendingLookup pending;

  /** Whether look-ups wait for a thread. */
  boolean threadsAreBusy = true;

  /** How often the race was told. */
  int told;

  /** What a race asks, where this guard allows siblings and this host has these routes. */
  CandidateServices services(SiblingGuard guard, Nat64Access nat64) {
    return new CandidateServices(
        guard, nat64, new RefusalStreaks(), new RacingClients(null), this::join);
  }

  private LookupInterest join(String host, Runnable listener) {
    lookedUp.add(host);
    pending = new PendingLookup(host, network, () -> threadsAreBusy);
    LookupInterest interest = pending.lookup.join(listener);
    pending.lookup.begin();
    return interest;
  }

  /** The translator of a host that has a route to these addresses only. */
  Nat64Access nat64(Predicate<InetAddress> routed) {
    return new Nat64Access(discovery(routed));
  }

  /** What such a host knows of it. */
  Nat64Discovery discovery(Predicate<InetAddress> routed) {
    return new Nat64Discovery(
        new Nat64Discovery.Host() {
          @Override
          public long now() {
            return network.now();
          }

          @Override
          public boolean isRouted(InetAddress address) {
            return routed.test(address);
          }
        });
  }

  /** The candidates of a race that dials first what its order has first. */
  CandidateSource source(CandidateServices services, ConnectCall call) {
    return new CandidateSource(services, call, call.order().first(), this::tell);
  }

  /** Tells the race. */
  void tell() {
    told++;
  }

  /** All that can be dialled before more is known. */
  static List<InetAddress> rest(CandidateSource source) {
    List<InetAddress> all = new ArrayList<>();
    while (source.isKnown()) {
      InetAddress next = source.next();
      if (next == null) {
        return all;
      }
      all.add(next);
    }
    return all;
  }
}
