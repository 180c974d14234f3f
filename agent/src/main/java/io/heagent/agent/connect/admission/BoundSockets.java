package io.heagent.agent.connect.admission;

import io.heagent.agent.connect.call.ProgramSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Knows how the program has bound its sockets. A socket bound to a port that the program chose is
 * not raced, because the program may mean that port for one connection only. If a socket was bound
 * to port 0, the sockets of fallback attempts are bound to the same address and to the port that
 * the system gave it, because the program may have announced that port. After the bind both kinds
 * look alike; so hooks in {@code bind} note the difference.
 */
public final class BoundSockets {

  /**
   * Sockets and channels that were bound to port 0; the keys are weak, because the program owns
   * them. Guarded by its own monitor, inside which no other lock is taken.
   */
  private final Map<Object, Boolean> anyPort = new WeakHashMap<>();

  /** A socket is about to be bound; a null address stands for port 0. */
  public void bound(Object impl, SocketAddress local) {
    if (local == null || (local instanceof InetSocketAddress address && address.getPort() == 0)) {
      synchronized (anyPort) {
        anyPort.put(impl, Boolean.TRUE);
      }
    }
  }

  /**
   * Whether a socket is bound to a port that the program chose.
   *
   * @param impl the JDK's object that was given to {@link #bound}
   */
  boolean isFixed(Object impl, ProgramSocket socket) {
    if (!socket.isBound()) {
      return false;
    }
    synchronized (anyPort) {
      return !anyPort.containsKey(impl);
    }
  }

  /** The port that the socket is bound to; 0 if it is not bound. */
  static int port(ProgramSocket socket) {
    try {
      return socket.isBound() ? socket.localAddress().getPort() : 0;
    } catch (IOException closedMeanwhile) {
      return 0;
    }
  }

  /**
   * The address that the socket is bound to; null if it is not bound, or bound to the wildcard
   * address.
   */
  static InetAddress address(ProgramSocket socket) {
    if (!socket.isBound()) {
      return null;
    }
    try {
      InetAddress address = socket.localAddress().getAddress();
      return address.isAnyLocalAddress() ? null : address;
    } catch (IOException closedMeanwhile) {
      // The JDK's own connect will report the failure.
      return null;
    }
  }
}
