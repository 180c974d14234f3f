package io.heagent.engine.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One pair of addresses to try. Immutable.
 *
 * @param remote the address to connect to
 * @param local the address to connect from; null if the system chooses
 */
record Target(InetSocketAddress remote, InetAddress local) {

  /**
   * Pairs every remote address with every local address of its family, in the order of the remote
   * addresses. A pair of two families cannot connect and is left out, so that it costs no attempt
   * and no delay.
   *
   * @param locals the local addresses; empty if the system chooses
   */
  static List<Target> pairs(List<InetAddress> remotes, int port, List<InetAddress> locals) {
    List<Target> targets = new ArrayList<>();
    for (InetAddress remote : remotes) {
      InetSocketAddress address = new InetSocketAddress(remote, port);
      if (locals.isEmpty()) {
        targets.add(new Target(address, null));
      }
      for (InetAddress local : locals) {
        if (local.getClass() == remote.getClass()) {
          targets.add(new Target(address, local));
        }
      }
    }
    return targets;
  }
}
