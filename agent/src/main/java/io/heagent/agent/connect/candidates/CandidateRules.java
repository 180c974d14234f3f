package io.heagent.agent.connect.candidates;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.engine.address.Nat64Prefix;
import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.host.SourceAddresses;
import io.heagent.engine.order.AddressWeave;
import io.heagent.engine.order.CandidateFilter;
import io.heagent.engine.order.Rfc6724;
import io.heagent.engine.order.ScopeGuard.Barrier;
import io.heagent.engine.resolve.shared.LookupSource;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which addresses of a name may join the race of one connect, and in which order: asks the engine's
 * {@link CandidateFilter} on behalf of that connect. Stateless; any thread.
 */
public final class CandidateRules {

  private final ConnectRequest request;
  private final CandidateServices services;
  private final Ticket ticket;

  /**
   * @param ticket knows which addresses are not to be tried again; null for a connect without one
   */
  public CandidateRules(ConnectRequest request, CandidateServices services, Ticket ticket) {
    this.request = request;
    this.services = services;
    this.ticket = ticket;
  }

  public static CandidateRules of(CandidateServices services, ConnectCall call) {
    return new CandidateRules(call.request, services, call.ticket());
  }

  public ConnectRequest request() {
    return request;
  }

  /** Reaches IPv4 from a host with IPv6 only; null if the settings switch it off. */
  public Nat64Access nat64() {
    return services.nat64();
  }

  /** Knows the names that refuse all connects of a program without a pause. */
  public RefusalStreaks refusals() {
    return services.refusals();
  }

  /** Recognises clients that race by themselves. */
  public RacingClients racers() {
    return services.racers();
  }

  /** Looks up siblings that are not known. */
  public LookupSource lookups() {
    return services.lookups();
  }

  /** Asks the guard which addresses may be dialled, see {@link SiblingGuard#sift}. */
  SiblingGuard.Sifted sift(InetAddress requested, List<InetAddress> addresses, Runnable whenKnown) {
    return services.guard().sift(this, requested, addresses, whenKnown);
  }

  /** Logs the addresses that the guard has left out, see {@link SiblingGuard#tell}. */
  void tell(InetAddress requested, SiblingGuard.Sifted sifted) {
    services.guard().tell(this, requested, sifted);
  }

  /**
   * The requested address and its siblings, as far as they have not been dialled, in the order in
   * which they are to join.
   *
   * @param tried the addresses that have been dialled already
   * @param addresses all addresses of the name as far as they are known, in the JDK's order
   */
  public List<InetAddress> siblings(
      InetAddress requested, List<InetAddress> tried, List<InetAddress> addresses) {
    return siblings(requested, tried, sift(requested, addresses, null));
  }

  /** Does the same with addresses that the guard has parted already. */
  public List<InetAddress> siblings(
      InetAddress requested, List<InetAddress> tried, SiblingGuard.Sifted sifted) {
    if (!sifted.addresses().contains(requested)) {
      // The requested address is not, or no longer, one of the name's, so the program means exactly
      // this address.
      return List.of();
    }
    List<InetAddress> all = new ArrayList<>(sifted.allowed().size() + 1);
    all.add(requested);
    all.addAll(sifted.allowed());
    return woven(all, tried);
  }

  /**
   * Addresses of a name that was not resolved, in the order in which they are to join.
   *
   * @param requested the first one found; null before there is one
   */
  public List<InetAddress> all(
      InetAddress requested, List<InetAddress> tried, List<InetAddress> addresses) {
    return woven(filter(requested, Barrier.HOST).part(addresses).allowed(), tried);
  }

  /**
   * The addresses without those tried, in the order that the settings ask for. If that is the order
   * of RFC 6724, they are sorted anew at each call, because routes may have changed.
   */
  private List<InetAddress> woven(List<InetAddress> addresses, List<InetAddress> tried) {
    List<InetAddress> sorted = addresses;
    if (request.rule().rfc6724()) {
      sorted = Rfc6724.sort(addresses, new SourceAddresses(), PolicyTable.DEFAULT, translators());
    }
    return AddressWeave.reweave(sorted, tried, request.rule().firstFamilyCount());
  }

  /** The addresses that the program's socket can reach, and to which the program may connect. */
  public List<InetAddress> usable(List<InetAddress> addresses) {
    CandidateFilter filter = filter(null, Barrier.HOST);
    List<InetAddress> usable = new ArrayList<>(addresses.size());
    for (InetAddress address : addresses) {
      if (filter.isUsable(address)) {
        usable.add(address);
      }
    }
    return usable;
  }

  /**
   * Whether the program's own socket may be connected to another address than the requested one
   * first. If the JDK would refuse a connect to the requested address, the answer is no.
   */
  public boolean mayGoFirst(InetAddress requested, InetAddress first) {
    return !(first instanceof Inet6Address && request.socket().isIpv4Only())
        && !usable(List.of(requested)).isEmpty();
  }

  /** The engine's filter, with the highest barrier that the connect may pass. */
  CandidateFilter filter(InetAddress requested, Barrier limit) {
    return new CandidateFilter(
        requested,
        limit,
        translators(),
        request.local(),
        ticket == null ? List.of() : ticket.excluded(),
        new Permission(request));
  }

  List<Nat64Prefix> translators() {
    return services.nat64() == null ? List.of() : services.nat64().prefixes();
  }

  /** Whether the program may connect to an address. */
  private record Permission(ConnectRequest request) implements Predicate<InetAddress> {

    @Override
    public boolean test(InetAddress address) {
      return ConnectPermission.permit(request, address);
    }
  }
}
