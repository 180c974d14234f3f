package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Connect calls as {@link Admission} makes them. */
final class Calls {

  private Calls() {}

  /** A program has chosen an address: its siblings are guarded. */
  static ConnectCall guarded() {
    ConnectCall call = call(RaceRule.DEFAULT, null);
    call.guarded = true;
    return call;
  }

  static ConnectCall call(RaceRule rule, InetAddress local) {
    return new ConnectCall(new FakeProgramSocket(), "host.example", 443, rule, 0, local);
  }

  static RaceRule firstFamilyCount(int count) {
    RaceRule rule = RaceRule.DEFAULT;
    return new RaceRule(
        rule.delayNanos(), count, rule.maxInFlight(), true, true, false, true, RaceRule.Scope.AUTO);
  }

  static RaceRule rfc6724() {
    RaceRule rule = RaceRule.DEFAULT;
    return new RaceRule(
        rule.delayNanos(), 1, rule.maxInFlight(), true, true, true, true, RaceRule.Scope.AUTO);
  }

  static RaceRule scope(RaceRule.Scope scope) {
    RaceRule rule = RaceRule.DEFAULT;
    return new RaceRule(rule.delayNanos(), 1, rule.maxInFlight(), true, true, false, true, scope);
  }

  /** A connect to this name's address. */
  static ConnectCall to(String host, int port, String address) {
    return to(new FakeProgramSocket(), host, port, address);
  }

  /** The same, of this socket. */
  static ConnectCall to(ProgramSocket socket, String host, int port, String address) {
    ConnectCall call = new ConnectCall(socket, host, port, RaceRule.DEFAULT, 0, null);
    call.requested = Ip.of(address);
    call.remote = new InetSocketAddress(call.requested, port);
    return call;
  }
}
