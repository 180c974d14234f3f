package io.heagent.it.stress;

import io.heagent.it.lab.Service;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps opening and closing sockets to literal addresses, which no race touches, and asks each one
 * of them before it goes whether it is still the connection that it was: a descriptor that a race
 * put its winner onto after its owner had closed it would be one of these.
 */
final class StressNeighbour {
  private static final int HELD = 24;

  private final StressProbe probe;
  private final int port;
  private final Deque<Identity> held = new ArrayDeque<>();

  StressNeighbour(StressProbe probe, int port) {
    this.probe = probe;
    this.port = port;
  }

  void run() {
    try {
      while (!probe.isOver()) {
        held.add(Identity.greet(new Socket(Service.TALK.address(), port)));
        if (held.size() > HELD) {
          check(held.remove());
        }
      }
      while (!held.isEmpty()) {
        check(held.remove());
      }
    } catch (IOException e) {
      probe.wrong("neighbour: " + e);
    }
  }

  private void check(Identity one) throws IOException {
    String wrong = one.whatIsWrong(Service.TALK.address());
    if (wrong != null) {
      probe.wrong("neighbour " + wrong);
    }
    one.close();
  }
}
