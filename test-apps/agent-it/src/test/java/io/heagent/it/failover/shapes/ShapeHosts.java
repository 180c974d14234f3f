package io.heagent.it.failover.shapes;

import io.heagent.testkit.net.BlackHole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where the programs of {@link ShapesProbe} connect to: names with two addresses each, one port.
 */
record ShapeHosts(int port) {
  /** One of the addresses of a name, which are taken in turn. */
  InetSocketAddress address(String host, int turn) throws IOException {
    InetAddress[] all = InetAddress.getAllByName(host);
    return new InetSocketAddress(all[turn % all.length], port);
  }

  /** The dead host that a name's address, first or second, is to be for now. */
  BlackHole dead(InetSocketAddress address) throws IOException {
    return BlackHole.on(address.getAddress().getHostAddress(), port);
  }
}
