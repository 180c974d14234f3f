package io.heagent.agent.connect.fake;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.admission.Admission;
import io.heagent.agent.connect.admission.DialPlanner;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.candidates.CandidateRules;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.candidates.SiblingGuard;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.order.DialOrder;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Connect calls as {@link Admission} makes them. */
public final class Calls {

  /** No name is the site's own, and no translator is known. */
  static final CandidateServices STRICT =
      new CandidateServices(
          strictGuard(), null, new RefusalStreaks(), new RacingClients(null), null);

  private Calls() {}

  /** A connect that has not begun, to be filled in. */
  public static final class Builder {
    private long startedAt = System.nanoTime();
    private TargetResolution resolution;

    private String host = "host.example";
    private int port = 443;
    private RaceRule rule = RaceRule.DEFAULT;
    private long timeout;
    private InetAddress local;
    private InetAddress requested;
    private boolean vetted = true;
    private KnownAddresses known;
    private InetAddress[] cached;
    private EndpointHistory history;
    private CandidateServices services = STRICT;
    private ProgramSocket socket = new FakeProgramSocket();
    private Ticket ticket;
    private RaceTrace trace;

    private Builder() {}

    public Builder host(String name, int number) {
      host = name;
      port = number;
      return this;
    }

    public Builder rule(RaceRule value) {
      rule = value;
      return this;
    }

    /** At this time of the race's clock. */
    public Builder startedAt(long nanos) {
      startedAt = nanos;
      return this;
    }

    /** The name was not resolved, and this came of its look-up. */
    public Builder resolution(TargetResolution value) {
      resolution = value;
      return this;
    }

    public Builder timeout(long nanos) {
      timeout = nanos;
      return this;
    }

    public Builder local(InetAddress address) {
      local = address;
      return this;
    }

    /** The program gave a name only. */
    public Builder unvetted() {
      vetted = false;
      return this;
    }

    public Builder known(InetAddress... addresses) {
      cached = addresses;
      known = null;
      return this;
    }

    public Builder known(KnownAddresses addresses) {
      cached = null;
      known = addresses;
      return this;
    }

    public Builder history(EndpointHistory value) {
      history = value;
      return this;
    }

    public Builder services(CandidateServices value) {
      services = value;
      return this;
    }

    public Builder socket(ProgramSocket value) {
      socket = value;
      return this;
    }

    public Builder ticket(Ticket value) {
      ticket = value;
      return this;
    }

    public Builder trace(RaceTrace value) {
      trace = value;
      return this;
    }

    public ConnectRequest request() {
      ConnectRequest.Bounds bounds = ConnectRequest.Bounds.of(local, 0, null);
      return new ConnectRequest(socket, target(), startedAt, timeout, bounds);
    }

    private ConnectRequest.Target target() {
      InetSocketAddress address =
          vetted && requested != null
              ? new InetSocketAddress(requested, port)
              : InetSocketAddress.createUnresolved(host, port);
      return new ConnectRequest.Target(address, host, rule, cached);
    }

    public CandidateRules rules() {
      return new CandidateRules(request(), services, ticket);
    }

    public ConnectCall call() {
      boolean plain = vetted && requested != null && known == null && resolution == null;
      return plain ? new ConnectCall(request(), ticket, history, trace) : lookedUp();
    }

    private ConnectCall lookedUp() {
      DialOrder order = DialOrder.of(requested, rule.delayNanos(), history);
      KnownAddresses found = known;
      if (found == null) {
        found = cached == null ? new KnownAddresses.None() : new KnownAddresses.Cached(cached);
      }
      InetSocketAddress target = new InetSocketAddress(requested, port);
      ConnectCall.Lookup lookup = new ConnectCall.Lookup(resolution, found, target);
      return new ConnectCall(request(), order, lookup, trace);
    }
  }

  /** To an address that the program has chosen; null for a name that has none yet. */
  public static Builder to(String address) {
    return to(address == null ? null : Ip.of(address));
  }

  public static Builder to(InetAddress address) {
    Builder builder = new Builder();
    builder.requested = address;
    return builder;
  }

  /** A guard to which no name is the site's own. */
  public static SiblingGuard strictGuard() {
    return new SiblingGuard(null, null);
  }

  /** A call begins as it is planned. */
  public static ConnectCall planned(ConnectCall call) {
    call.follow(DialPlanner.plan(call.order(), call.known(), rules(call)));
    return call;
  }

  /** What it goes by where no name is the site's own. */
  public static CandidateRules rules(ConnectCall call) {
    return CandidateRules.of(STRICT, call);
  }

  /** Its further addresses, for one who asks by itself what is known. */
  public static CandidateSource source(ConnectCall call) {
    return new CandidateSource(STRICT, call, call.order().first(), null);
  }

  /** No sibling is to join from now on. */
  public static void alone(ConnectCall call) {
    call.follow(call.order().onlyRequested());
  }

  public static RaceRule firstFamilyCount(int count) {
    RaceRule rule = RaceRule.DEFAULT;
    return new RaceRule(
        rule.delayNanos(), count, rule.maxInFlight(), true, true, false, true, RaceRule.Scope.AUTO);
  }

  public static RaceRule rfc6724() {
    RaceRule rule = RaceRule.DEFAULT;
    return new RaceRule(
        rule.delayNanos(), 1, rule.maxInFlight(), true, true, true, true, RaceRule.Scope.AUTO);
  }

  public static RaceRule scope(RaceRule.Scope scope) {
    RaceRule rule = RaceRule.DEFAULT;
    return new RaceRule(rule.delayNanos(), 1, rule.maxInFlight(), true, true, false, true, scope);
  }

  /** A connect to this name's address. */
  public static ConnectCall to(String host, int port, String address) {
    return to(address).host(host, port).call();
  }
}
