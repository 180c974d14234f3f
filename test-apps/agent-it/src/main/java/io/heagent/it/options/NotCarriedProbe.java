package io.heagent.it.options;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Connects where the options are hard to carry over, once to a literal address and once to a name
 * whose first address is dead. Arguments: port; {@code forced} for a buffer larger than another
 * socket can simply be given, or {@code few} for one descriptor left, which the JVM must have few
 * of.
 */
public final class NotCarriedProbe {
  private static final int LARGE = 64 << 20;
  private static final int SMALL = 1 << 16;

  private NotCarriedProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    InetSocketAddress alone = new InetSocketAddress(Service.TALK.address(), port);
    InetSocketAddress raced = new InetSocketAddress(Scenario.DEAD_FIRST.host(Service.TALK), port);
    for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
      for (InetSocketAddress to : new InetSocketAddress[] {alone, raced}) {
        if (args[1].equals("few")) {
          // Opens beforehand what the JDK and the agent open only once for this kind of socket.
          try (RawSocket first = kind.open()) {
            first.connect(to);
          }
        }
        Facts facts = new Facts(kind + (to.equals(raced) ? " raced" : " alone"));
        try (RawSocket socket = kind.open()) {
          if (args[1].equals("few")) {
            few(kind, socket, to, facts);
          } else {
            socket.setBuffer(SMALL);
            facts.put("forced", RawOption.force(socket, LARGE));
            socket.connect(to);
            facts.put("options", RawOption.buffer(socket));
          }
          facts.put("served", socket.line());
        } catch (Exception e) {
          facts.put("error", e);
        }
        facts.print();
      }
    }
  }

  private static void few(RawSocket.Kind kind, RawSocket socket, InetSocketAddress to, Facts facts)
      throws Exception {
    for (RawOption option : RawOption.values()) {
      option.set(socket);
    }
    socket.setByJava();
    Deque<FileInputStream> all = new ArrayDeque<>();
    try {
      takeAll(all);
      // One for the race, and two for a selector, where the kind has one.
      for (int i = kind == RawSocket.Kind.NON_BLOCKING ? 3 : 1; i > 0; i--) {
        all.pop().close();
      }
      socket.connect(to);
    } finally {
      while (!all.isEmpty()) {
        all.pop().close();
      }
    }
    facts.put("options", socket.all());
  }

  private static void takeAll(Deque<FileInputStream> all) {
    try {
      while (true) {
        all.push(new FileInputStream("/dev/null"));
      }
    } catch (IOException noneLeft) {
      return;
    }
  }
}
