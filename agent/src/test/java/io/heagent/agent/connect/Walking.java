package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule;
import java.net.InetSocketAddress;
import java.util.Map;

/** Connects to one name on a clock of their own, for tests of {@link Neighbours}. */
class Walking {
  static final String A = "192.0.2.1";
  static final String B = "192.0.2.2";
  static final String C = "192.0.2.3";
  static final String D = "2001:db8::1";

  static final long MS = 1_000_000L;
  static final long SECOND = 1000 * MS;

  final Neighbours neighbours = new Neighbours();
  long now = Long.MAX_VALUE - SECOND;

  /** A connect whose thread waits for it begins. */
  ConnectCall begun(ConnectCall call) {
    return begun(call, true);
  }

  /** A channel's connect begins. */
  ConnectCall begunAsync(ConnectCall call) {
    return begun(call, false);
  }

  private ConnectCall begun(ConnectCall call, boolean blocking) {
    neighbours.begin(call, call.requested, blocking, now);
    return call;
  }

  void failed(ConnectCall call, String... tried) {
    call.failed = Ip.list(tried);
    neighbours.end(call, now);
  }

  /** A channel's connect that the program has ended, by its close. */
  void closed(ConnectCall call, String... tried) {
    call.closed = true;
    failed(call, tried);
  }

  void connected(ConnectCall call) {
    call.connected = true;
    neighbours.end(call, now);
  }

  /** A race that had this long for an address which said nothing. */
  void silent(ConnectCall call, long nanos, String address, String... tried) {
    call.silent = Map.of(Ip.of(address), nanos);
    failed(call, tried);
  }

  static ConnectCall to(String address, long timeoutNanos) {
    ConnectCall call =
        new ConnectCall(
            new FakeProgramSocket(), "host.example", 443, RaceRule.DEFAULT, timeoutNanos, null);
    call.requested = Ip.of(address);
    call.remote = new InetSocketAddress(call.requested, 443);
    return call;
  }

  static ConnectCall to(String address) {
    return Calls.to("host.example", 443, address);
  }

  /** A call of another thread of the program. */
  static ConnectCall elsewhere(String address) {
    return on(-1, to(address));
  }

  static ConnectCall on(long thread, ConnectCall call) {
    call.thread = thread;
    return call;
  }
}
