package io.heagent.engine.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One pair to try.
 *
 * @param remote where to
 * @param local where from; null leaves it to the system
 */
record Target(InetSocketAddress remote, InetAddress local) {

  /**
   * Every remote address from every local address of its family, remote addresses outside. A pair
   * of two families cannot connect; it is no target, so it costs no attempt, no delay and no slot.
   *
   * @param locals empty leaves it to the system
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
