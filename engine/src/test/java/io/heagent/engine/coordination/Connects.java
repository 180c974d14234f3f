package io.heagent.engine.coordination;

import io.heagent.engine.address.Ip;
import java.util.Map;

/** Makes connects to one name on a virtual clock, for tests of {@link EndpointRegistry}. */
class Connects {
  static final String A = "192.0.2.1";
  static final String B = "192.0.2.2";
  static final String C = "192.0.2.3";
  static final String D = "2001:db8::1";

  static final long MS = 1_000_000L;
  static final long SECOND = 1000 * MS;

  final EndpointRegistry registry = new EndpointRegistry(new ManualTime());
  long now = Long.MAX_VALUE - SECOND;

  /** A blocking connect begins. */
  Connect begun(Connect connect) {
    return begun(connect, true);
  }

  /** A channel's connect begins. */
  Connect begunAsync(Connect connect) {
    return begun(connect, false);
  }

  private Connect begun(Connect connect, boolean blocking) {
    connect.begin(registry, blocking, now);
    return connect;
  }

  void failed(Connect connect, String... tried) {
    connect.failed = Ip.list(tried);
    registry.end(connect.ticket, connect.outcome(), now);
  }

  /** A channel's connect ends because the program closes the channel. */
  void closed(Connect connect, String... tried) {
    connect.closed = true;
    failed(connect, tried);
  }

  void connected(Connect connect) {
    registry.end(connect.ticket, ConnectOutcome.CONNECTED, now);
  }

  /** A race fails that has waited for this long for a silent address. */
  void silent(Connect connect, long nanos, String address, String... tried) {
    connect.silent = Map.of(Ip.of(address), nanos);
    failed(connect, tried);
  }

  static Connect to(String address, long timeoutNanos) {
    Connect connect = to(address);
    connect.timeoutNanos = timeoutNanos;
    return connect;
  }

  static Connect to(String address) {
    return new Connect("host.example", 443, address);
  }

  /** A connect on another thread of the program. */
  static Connect elsewhere(String address) {
    return on(-1, to(address));
  }

  static Connect on(long thread, Connect connect) {
    connect.thread = thread;
    return connect;
  }
}
