package io.heagent.it.failover.shapes;

import io.heagent.it.lab.Facts;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.jvm.Waiting;
import io.heagent.testkit.net.BlackHole;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Programs that dial each address of a name for itself, or the same name again after a pause. */
final class HealthCheckers {
  /** Between a failure and the retry: longer than a walk may pause. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final ShapeHosts hosts;

  HealthCheckers(ShapeHosts hosts) {
    this.hosts = hosts;
  }

  /** A connect to each address in turn, on one thread. */
  void healthChecker() {
    Facts facts = new Facts("health checker");
    for (int i = 0; i < 4; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(hosts.address("checker.shape.test", i), ShapesProbe.PATIENT_MILLIS);
        facts.put("check " + i, "connected");
      } catch (IOException e) {
        facts.put("check " + i, e);
      }
    }
    facts.print();
  }

  /**
   * Both addresses are dead. The second one comes back before it is dialled, which is at once after
   * the first.
   */
  void healthCheckerOfTwoDead() throws Exception {
    InetSocketAddress[] both = {
      hosts.address("returns.shape.test", 0), hosts.address("returns.shape.test", 1)
    };
    BlackHole first = hosts.dead(both[0]);
    BlackHole second = hosts.dead(both[1]);
    Facts facts = new Facts("health checker of two dead");
    check(both[0], "check 0", facts);
    second.close();
    TalkServer back = TalkServer.plain(both[1].getAddress().getHostAddress(), hosts.port());
    check(both[1], "check 1", facts);
    facts.print();
    back.close();
    first.close();
  }

  private static void check(InetSocketAddress address, String name, Facts facts) {
    try (Socket socket = new Socket()) {
      socket.connect(address, ShapesProbe.TIMEOUT_MILLIS);
      facts.put(name, "connected");
    } catch (IOException e) {
      facts.put(name, e.getClass().getSimpleName());
    }
  }

  /** Both addresses are dead. The second one comes back during the pause. */
  void retry() throws Exception {
    InetSocketAddress[] both = {
      hosts.address("retry.shape.test", 0), hosts.address("retry.shape.test", 1)
    };
    BlackHole first = hosts.dead(both[0]);
    BlackHole second = hosts.dead(both[1]);
    Facts facts = new Facts("retry");
    try (Socket socket = new Socket()) {
      socket.connect(both[0], ShapesProbe.TIMEOUT_MILLIS);
      facts.put("first", "connected");
    } catch (IOException e) {
      facts.put("first", e.getClass().getSimpleName());
    }
    second.close();
    TalkServer back = TalkServer.plain(both[1].getAddress().getHostAddress(), hosts.port());
    Waiting.pause(PAUSE);
    try (Socket socket = new Socket()) {
      socket.connect(both[1], ShapesProbe.TIMEOUT_MILLIS);
      facts.put("second", "connected");
    } catch (IOException e) {
      facts.put("second", e);
    }
    facts.print();
    back.close();
    first.close();
  }
}
