package io.heagent.it.options;

import io.heagent.it.lab.Facts;
import java.net.InetSocketAddress;

/**
 * Binds each kind of socket to any port of a local address, asks which one it is, connects, and
 * tells who answered, and the port as it was promised, as the program sees it now and as the
 * service does. Arguments: the port of the talk service, a local address and a host, another local
 * address and another host, and so on.
 */
public final class PromisedPortProbe {
  private PromisedPortProbe() {}

  public static void main(String[] args) throws Exception {
    for (int i = 1; i < args.length; i += 2) {
      InetSocketAddress to = new InetSocketAddress(args[i + 1], Integer.parseInt(args[0]));
      for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
        Facts facts = new Facts(name(kind, args[i], args[i + 1]));
        try (RawSocket socket = kind.open()) {
          socket.bind(new InetSocketAddress(args[i], 0));
          facts.put("promised", socket.local().getPort());
          socket.connect(to);
          String[] line = socket.line().split(" ", -1);
          facts.put("own", socket.local().getPort()).put("served", line[0]).put("seen", line[3]);
        } catch (Exception e) {
          facts.put("error", e);
        }
        facts.print();
      }
    }
  }

  /** The name of a case in the probe's output. */
  static String name(RawSocket.Kind kind, String local, String host) {
    return kind + " " + local + " " + host;
  }
}
