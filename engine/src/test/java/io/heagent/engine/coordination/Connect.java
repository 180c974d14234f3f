package io.heagent.engine.coordination;

import io.heagent.engine.address.Ip;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/** One connect of a program, as its race sees it, for tests. */
final class Connect {

  /** The Connection Attempt Delay of its race. */
  static final long DELAY_NANOS = 250_000_000L;

  final String host;
  final int port;
  final InetAddress requested;
  long thread = 1;
  long timeoutNanos;

  /** Null before it has begun. */
  Ticket ticket;

  List<InetAddress> failed = List.of();
  Map<InetAddress, Long> silent = Map.of();
  long late;
  boolean closed;
  boolean alone;

  Connect(String host, int port, String address) {
    this.host = host;
    this.port = port;
    this.requested = Ip.of(address);
  }

  void begin(EndpointRegistry registry, boolean blocking, long now) {
    Ticket start = new Ticket(requested, blocking, thread, timeoutNanos);
    ticket = registry.begin(host, port, start, DELAY_NANOS, now);
  }

  ConnectOutcome outcome() {
    ConnectOutcome outcome = ConnectOutcome.failed(failed, silent, late);
    outcome = closed ? outcome.afterClose() : outcome;
    return alone ? outcome.ofRacingClient() : outcome;
  }

  boolean standsDown() {
    return ticket.standsDown();
  }

  List<InetAddress> excluded() {
    return ticket.excluded();
  }
}
