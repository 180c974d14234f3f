package io.heagent.it.lookup;

import io.heagent.it.startup.Dial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Argument: port. Connects to names that are not like others, resolved and not, and tells. */
public final class UnusualNamesProbe {
  /** As people write it, and as DNS has it. */
  public static final List<String> IDN = List.of("b\u00fccher.test", "xn--bcher-kva.test");

  private static final List<String> LIKE_LITERALS =
      List.of(
          "127.1", "0x7f.1", "2130706433", "017700000001", "127.0.0.1.", "[::1]", "[127.0.0.1]");

  private UnusualNamesProbe() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    LIKE_LITERALS.forEach(name -> tell("like a literal " + name, name, port));
    IDN.forEach(name -> tell("IDN " + IDN.indexOf(name), name, port));
    System.out.println("adaptor, unresolved, " + adaptor(IDN.get(1), port));
  }

  private static String adaptor(String name, int port) {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.socket().connect(InetSocketAddress.createUnresolved(name, port), 30_000);
      return "connected";
    } catch (IOException e) {
      return Dial.failed(e);
    }
  }

  private static void tell(String label, String name, int port) {
    System.out.println(label + " " + outcome(new InetSocketAddress(name, port)));
    System.out.println(
        label + ", unresolved, " + outcome(InetSocketAddress.createUnresolved(name, port)));
  }

  private static String outcome(InetSocketAddress to) {
    try (Socket socket = new Socket()) {
      socket.connect(to, 30_000);
      String kept = socket.getInetAddress().getHostName().equals(to.getHostString()) ? "" : " not";
      InetAddress peer = socket.getInetAddress();
      return "connected to " + peer.getHostAddress() + ", name" + kept + " kept";
    } catch (IOException e) {
      return Dial.failed(e);
    }
  }
}
