package io.heagent.probes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * Connects from bound sockets, and to addresses that the program means as such. Arguments: the
 * port, a free port, an address of a dead host that is none of the name's.
 */
public final class BindProbe {
  public static final String LOCAL = "127.9.7.1";

  /** A dead IPv4 address, then {@code ::1}. */
  public static final String DUAL = "dual.test";

  private static final String ANY = "0.0.0.0";

  private static final Set<String> RACED =
      Set.of(
          "socket bound to an address",
          "channel bound to an address",
          "socket bound to the wildcard",
          "channel bound to the wildcard",
          "other family unbound");

  private BindProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int free = Integer.parseInt(args[1]);
    InetSocketAddress dead = Connector.address(Scenario.DEAD_FIRST, port, true);
    socket("socket bound to a fixed port", LOCAL, free, dead);
    channel("channel bound to a fixed port", LOCAL, free, dead);
    socket("socket bound to an address", LOCAL, 0, dead);
    channel("channel bound to an address", LOCAL, 0, dead);
    socket("socket bound to the wildcard", ANY, 0, dead);
    channel("channel bound to the wildcard", ANY, 0, dead);
    InetSocketAddress dual = new InetSocketAddress(DUAL, port);
    socket("other family unbound", null, 0, dual);
    socket("other family bound", LOCAL, 0, dual);
    String host = dead.getHostString();
    byte[] elsewhere = InetAddress.getByName(args[2]).getAddress();
    socket(
        "pinned: not among the name's addresses",
        null,
        0,
        new InetSocketAddress(InetAddress.getByAddress(host, elsewhere), port));
    InetAddress reversed = InetAddress.getByAddress(dead.getAddress().getAddress());
    String name = reversed.getHostName();
    socket("name from a reverse look-up", null, 0, new InetSocketAddress(reversed, port))
        .put("reversed", name)
        .print();
  }

  /** Short where nobody is to answer. */
  private static int millis(String name) {
    return RACED.contains(name) ? MatrixProbe.PATIENT_MILLIS : MatrixProbe.TIMEOUT_MILLIS;
  }

  private static Facts socket(String name, String local, int localPort, InetSocketAddress to) {
    Facts facts = new Facts(name);
    try (Socket socket = new Socket()) {
      if (local != null) {
        socket.bind(new InetSocketAddress(InetAddress.getByName(local), localPort));
      }
      socket.connect(to, millis(name));
      new SocketConversation(socket).use(facts);
    } catch (IOException e) {
      Failure.note(facts, e);
    }
    facts.print();
    return facts;
  }

  private static void channel(String name, String local, int localPort, InetSocketAddress to) {
    Facts facts = new Facts(name);
    try (SocketChannel channel = SocketChannel.open()) {
      channel.bind(new InetSocketAddress(InetAddress.getByName(local), localPort));
      channel.socket().connect(to, millis(name));
      new ChannelConversation(channel).use(facts);
    } catch (IOException e) {
      Failure.note(facts, e);
    }
    facts.print();
  }
}
