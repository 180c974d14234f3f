package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.config.RaceRule;
import io.heagent.agent.connect.Neighbourhood.Part;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Connects to one name on a clock of their own, for tests of {@link Walk}s. */
class Walking {
  static final String A = "192.0.2.1";
  static final String B = "192.0.2.2";
  static final String C = "192.0.2.3";
  static final String D = "2001:db8::1";

  static final long SECOND = 1_000_000_000L;

  final Neighbours neighbours = new Neighbours();
  long now = Long.MAX_VALUE - SECOND;

  Part begin(ConnectCall call) {
    return neighbours.begin(call, call.remote.getAddress(), true, now);
  }

  Part beginAsync(ConnectCall call) {
    return neighbours.begin(call, call.remote.getAddress(), false, now);
  }

  ConnectCall begun(Part expected, ConnectCall call) {
    assertEquals(expected, begin(call));
    return call;
  }

  void failed(ConnectCall call, String... tried) {
    call.failed = Ip.list(tried);
    neighbours.end(call, now);
  }

  /** A race that had this long for an address which said nothing. */
  void silent(ConnectCall call, long nanos, String address, String... tried) {
    call.silent = Map.of(Ip.of(address), nanos);
    failed(call, tried);
  }

  static ConnectCall to(String address, long timeoutNanos) {
    ConnectCall call =
        new ConnectCall(0, new Object(), "host.example", 443, RaceRule.DEFAULT, timeoutNanos, null);
    call.requested = Ip.of(address);
    call.remote = new InetSocketAddress(call.requested, 443);
    return call;
  }

  static ConnectCall to(String address) {
    return Calls.to("host.example", 443, address);
  }

  /** A call of another thread of the program. */
  static ConnectCall elsewhere(String address) {
    AtomicReference<ConnectCall> made = new AtomicReference<>();
    Thread thread = new Thread(() -> made.set(to(address)));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return made.get();
  }
}
