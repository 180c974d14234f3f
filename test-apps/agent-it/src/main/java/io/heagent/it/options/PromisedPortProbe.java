package io.heagent.it.options;

import io.heagent.it.lab.Facts;
import java.net.InetSocketAddress;

/**
 * Binds to any port, asks which one it is, connects, and tells who answered, and the port as it was
 * promised, as the program sees it now and as the service does. Arguments: host, port, local
 * address.
 */
public final class PromisedPortProbe {
  private PromisedPortProbe() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
      Facts facts = new Facts(kind.name());
      try (RawSocket socket = kind.open()) {
        socket.bind(new InetSocketAddress(args[2], 0));
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
