package io.heagent.agent.connect.admission;

import io.heagent.agent.connect.call.ProgramSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Where the program has bound its sockets. A socket bound to a port of its choice is left alone,
 * since it may mean that port for one connection; one bound to any port lets side sockets bind to
 * the same address and the port that it was given, which the program may have told others by then.
 * Once bound, both look alike: hence the hooks in {@code bind}.
 */
public final class BoundSockets {

  /** Sockets and channels bound to any port. Written by binding threads; weak, as we own none. */
  private final Map<Object, Boolean> anyPort = Collections.synchronizedMap(new WeakHashMap<>());

  /** A socket is about to be bound; null stands for any port. */
  public void bound(Object impl, SocketAddress local) {
    if (local == null || (local instanceof InetSocketAddress address && address.getPort() == 0)) {
      anyPort.put(impl, Boolean.TRUE);
    }
  }

  /**
   * Whether it is bound to a port of the program's choice.
   *
   * @param impl the JDK's object, as {@link #bound} was told of it
   */
  boolean isFixed(Object impl, ProgramSocket socket) {
    return socket.isBound() && !anyPort.containsKey(impl);
  }

  /** The port it is bound to; 0 if it is not bound. */
  static int port(ProgramSocket socket) {
    try {
      return socket.isBound() ? socket.localAddress().getPort() : 0;
    } catch (IOException closedMeanwhile) {
      return 0;
    }
  }

  /** The address it is bound to; null if it is not bound, or to the wildcard. */
  static InetAddress address(ProgramSocket socket) {
    if (!socket.isBound()) {
      return null;
    }
    try {
      InetAddress address = socket.localAddress().getAddress();
      return address.isAnyLocalAddress() ? null : address;
    } catch (IOException closedMeanwhile) {
      // The JDK's own connect will say so.
      return null;
    }
  }
}
