package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.it.lab.Scenario;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/**
 * Calls of connect that the JDK refuses: wrong arguments, wrong state, twice. Argument: the port.
 */
public final class RefusedProbe {
  private RefusedProbe() {}

  private interface Call {
    void run() throws IOException;
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    InetSocketAddress good = Connector.address(Scenario.GOOD_FIRST, port, true);
    InetSocketAddress refused = Connector.address(Scenario.ALL_REFUSED, port, true);
    String host = good.getHostString();
    one("null address", () -> new Socket().connect(null));
    one("null channel address", () -> SocketChannel.open().connect(null));
    one("foreign address type", () -> new Socket().connect(new SocketAddress() {}));
    one("negative timeout", () -> new Socket().connect(good, -1));
    one("negative adaptor timeout", () -> SocketChannel.open().socket().connect(good, -1));
    one("port out of range", () -> new Socket(host, 70_000));
    one("null host is loopback", () -> new Socket((InetAddress) null, 70_000));
    one("port 0", () -> new Socket().connect(new InetSocketAddress(host, 0), 500));
    for (Connector connector : Connector.values()) {
      one(connector + " twice", () -> twice(connector, good, good));
      one(connector + " again after failure", () -> twice(connector, refused, good));
      one(connector + " on closed", () -> closed(connector, good));
    }
  }

  private static void one(String name, Call call) {
    Facts facts = new Facts(name);
    try {
      call.run();
      facts.put("error", "none");
    } catch (IOException | RuntimeException e) {
      Failure.note(facts, e);
    }
    facts.print();
  }

  private static void twice(Connector connector, SocketAddress first, SocketAddress second)
      throws IOException {
    Connector.Open open = connector.open();
    try {
      try {
        open.connect().to(first);
      } catch (ConnectException expected) {
        // The second call is the one that is looked at.
        open.connect().to(second);
        return;
      }
      open.connect().to(second);
    } finally {
      open.object().close();
    }
  }

  private static void closed(Connector connector, SocketAddress to) throws IOException {
    Connector.Open open = connector.open();
    open.object().close();
    open.connect().to(to);
  }
}
