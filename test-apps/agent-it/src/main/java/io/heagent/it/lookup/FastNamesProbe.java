package io.heagent.it.lookup;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** Looks up names, and texts that are no names, in the ways that programs do. */
public final class FastNamesProbe {
  private FastNamesProbe() {}

  private interface Question {
    Object ask(String host) throws IOException;
  }

  public static void main(String[] args) {
    for (String host :
        new String[] {
          null,
          "",
          "127.0.0.1",
          "::1",
          "[::1]",
          "[::1",
          "0x7f.1",
          "127.1",
          "256.1.1.1",
          "a\0b",
          "no-such.test",
          Scenario.SINGLE.host(Service.TALK),
          Scenario.DEAD_REFUSED_GOOD.host(Service.TALK),
        }) {
      String text = String.valueOf(host).replace("\0", "NUL");
      // The second time the answer comes from the JDK's cache, which also remembers that a name
      // does not exist.
      for (int i = 1; i <= 2; i++) {
        print("getByName " + text + " " + i, InetAddress::getByName, host);
      }
      print("getAllByName " + text, h -> Arrays.toString(InetAddress.getAllByName(h)), host);
    }
    String late = Scenario.GOOD_FIRST.host(Service.TALK);
    Thread.currentThread().interrupt();
    // An interrupted thread cannot read the hosts file, so it finds no name; a thread of the
    // agent's finds it.
    boolean resolved = !new InetSocketAddress(late, 1).isUnresolved();
    new Facts("interrupted").put("still", Thread.interrupted()).print();
    System.err.print(resolved ? "" : "unresolved");
    print("InetSocketAddress of nothing", h -> new InetSocketAddress(h, 1), "nothing.test");
  }

  private static void print(String name, Question question, String host) {
    Facts facts = new Facts(name);
    try {
      facts.put("answer", question.ask(host));
    } catch (IOException | RuntimeException e) {
      Failure.note(facts, e);
      facts.put("cause", e.getCause());
    }
    facts.print();
  }
}
