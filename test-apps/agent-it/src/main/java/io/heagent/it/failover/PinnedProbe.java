package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import io.heagent.it.startup.Dial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Arguments: host, port, the IP literal of a host that refuses. Connects to address objects that
 * mean exactly one address, though a name with siblings goes with them.
 */
public final class PinnedProbe {
  private PinnedProbe() {}

  public static void main(String[] args) throws IOException {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    byte[] foreign = InetAddress.getByName(args[2]).getAddress();
    InetAddress unknown = InetAddress.getByAddress(host, foreign);
    dial("made by hand, name never looked up", unknown, port);
    // From here on the name is in the cache.
    InetAddress first = InetAddress.getByName(host);
    dial("made by hand", InetAddress.getByAddress(host, foreign), port);
    InetAddress reverse = InetAddress.getByAddress(first.getAddress());
    System.out.println(reverse.getHostName());
    dial("looked up in reverse", reverse, port);
    dial("literal", InetAddress.getByName(first.getHostAddress()), port);
    dial("looked up", first, port);
  }

  private static void dial(String name, InetAddress address, int port) {
    new Facts(name).put("outcome", Dial.outcome(new InetSocketAddress(address, port))).print();
  }
}
