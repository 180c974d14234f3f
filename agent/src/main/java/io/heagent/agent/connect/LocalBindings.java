package io.heagent.agent.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeSocket;

/**
 * Where the program has bound its sockets. A socket bound to a port of its choice is left alone,
 * since it may mean that port for one connection; one bound to any port lets side sockets bind to
 * the same address and the port that it was given, which the program may have told others by then.
 * Once bound, both look alike: hence the hooks in {@code bind}.
 */
final class LocalBindings {

  /** Sockets and channels bound to any port. Written by binding threads; weak, as we own none. */
  private final Map<Object, Boolean> anyPort = Collections.synchronizedMap(new WeakHashMap<>());

  /** A socket is about to be bound; null stands for any port. */
  void bound(Object impl, SocketAddress local) {
    if (local == null || (local instanceof InetSocketAddress address && address.getPort() == 0)) {
      anyPort.put(impl, Boolean.TRUE);
    }
  }

  /** Whether it is bound to a port of the program's choice. */
  boolean isFixed(Object impl) {
    return HeSocket.isBound(impl) && !anyPort.containsKey(impl);
  }

  /** The port it is bound to; 0 if it is not bound. */
  int port(Object impl) {
    try {
      return HeSocket.isBound(impl) ? HeJdk.localAddress(HeSocket.descriptor(impl)).getPort() : 0;
    } catch (IOException closedMeanwhile) {
      return 0;
    }
  }

  /** The address it is bound to; null if it is not bound, or to the wildcard. */
  InetAddress address(Object impl) {
    if (!HeSocket.isBound(impl)) {
      return null;
    }
    try {
      InetAddress address = HeJdk.localAddress(HeSocket.descriptor(impl)).getAddress();
      return address.isAnyLocalAddress() ? null : address;
    } catch (IOException closedMeanwhile) {
      // The JDK's own connect will say so.
      return null;
    }
  }
}
