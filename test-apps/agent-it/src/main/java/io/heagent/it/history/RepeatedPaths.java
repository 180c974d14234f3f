package io.heagent.it.history;

import io.heagent.it.channel.AsyncConnect;
import io.heagent.it.channel.ChannelPath;
import io.heagent.it.channel.PolledConnect;
import io.heagent.it.channel.SelectedConnect;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * Connects several times in a row to names whose first address is dead, each path to names of its
 * own. Arguments: the port, how many connects.
 */
public final class RepeatedPaths {
  private static final long PATIENT_MILLIS = 60_000;

  private RepeatedPaths() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    int connects = Integer.parseInt(args[1]);
    for (ChannelPath path : ChannelPath.values()) {
      for (boolean resolved : new boolean[] {true, false}) {
        for (int i = 1; i <= connects; i++) {
          String host = host(path, resolved);
          Facts facts = new Facts(host + " " + i);
          connect(
              path,
              resolved
                  ? new InetSocketAddress(host, port)
                  : InetSocketAddress.createUnresolved(host, port),
              facts);
          facts.print();
        }
      }
    }
  }

  /** The name that this path is gone to. */
  public static String host(ChannelPath path, boolean resolved) {
    String name = path.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return name + (resolved ? ".resolved.test" : ".unresolved.test");
  }

  private static void connect(ChannelPath path, InetSocketAddress to, Facts facts) {
    try {
      switch (path.kind()) {
        case SELECTED -> new SelectedConnect(path, facts).run(to, PATIENT_MILLIS);
        case POLLED -> new PolledConnect(path, facts).run(to, PATIENT_MILLIS);
        case ASYNC -> new AsyncConnect(path, facts).run(to, PATIENT_MILLIS);
      }
    } catch (Exception e) {
      Failure.note(facts, e);
    }
  }
}
