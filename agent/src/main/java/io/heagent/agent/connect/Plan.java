package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where another address than the requested one goes first: by RFC 6724's order, where the settings
 * ask for that, and by history, which may put one healthy address before a suspect.
 */
final class Plan {

  private Plan() {}

  /**
   * Sees to it that a call does not begin with an address that is known as dead: where history puts
   * another one first, that one is dialled on the program's own descriptor, and the requested one
   * follows. Where the siblings are not known without a look-up, it sees to it that they follow the
   * requested one soon. A call that is to have its one address is left alone.
   */
  static void begin(ConnectCall call) {
    boolean suspects = call.history != null && call.history.hasSuspects();
    if (call.isRequestedOnly() || !(suspects || call.rule.rfc6724()) || isHopeless(call)) {
      return;
    }
    try {
      if (call.known == null) {
        call.hasty = suspects && call.history.isSuspect(call.requested);
      } else {
        List<InetAddress> all = Siblings.of(call, List.of(), List.of(call.known));
        if (!all.isEmpty()) {
          prefer(call, all);
        }
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /** Whether all have refused a moment ago, so that none is better than another. */
  private static boolean isHopeless(ConnectCall call) {
    return Coordination.REFUSALS.isLoop(call.host, call.port, call.requested, System.nanoTime());
  }

  /**
   * The same for a name that was not resolved.
   *
   * @param all what can be dialled, in order
   */
  static void begin(ConnectCall call, List<InetAddress> all) {
    if (call.history == null || !call.history.hasSuspects()) {
      return;
    }
    try {
      prefer(call, all);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  private static void prefer(ConnectCall call, List<InetAddress> all) {
    List<InetAddress> ordered = call.history == null ? all : call.history.order(all);
    // A full list is not asked about twice: one connect in so many is to ignore history.
    call.ordered = ordered == all && call.known != null;
    InetAddress first = ordered.get(0);
    if (!first.equals(call.requested) && mayGoFirst(call, first)) {
      // Asked here only: it costs the trace of a stack, which a healthy address is not to pay.
      if (SelfRacers.areOnStack()) {
        call.dialRequestedOnly();
        return;
      }
      call.reordered = true;
      call.ordered = true;
      call.remote = new InetSocketAddress(first, call.port);
    }
  }

  /** What the JDK would refuse to connect the program's socket to is refused here as well. */
  static boolean mayGoFirst(ConnectCall call, InetAddress first) {
    return !(first instanceof Inet6Address && call.socket.isIpv4Only())
        && !Siblings.usable(call, List.of(call.requested)).isEmpty();
  }

  /**
   * The order of what is left to dial. Only one address is ever moved in a race: no other one is
   * then tried more than one place later than without history.
   */
  @SuppressWarnings("ReferenceEquality") // These very objects were put into the list.
  static List<InetAddress> rest(ConnectCall call, List<InetAddress> tried, List<InetAddress> left) {
    if (call.history == null || call.ordered || left.size() < 2) {
      return left;
    }
    List<InetAddress> all = new ArrayList<>(tried);
    all.addAll(left);
    List<InetAddress> ordered = call.history.order(all);
    if (ordered == all) {
      return left;
    }
    call.ordered = true;
    List<InetAddress> rest = new ArrayList<>(left.size());
    for (InetAddress address : ordered) {
      for (InetAddress wanted : left) {
        if (address == wanted) {
          rest.add(address);
        }
      }
    }
    return rest;
  }
}
