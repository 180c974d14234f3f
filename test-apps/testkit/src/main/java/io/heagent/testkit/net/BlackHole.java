package io.heagent.testkit.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * An address and port whose SYNs get no answer: a listener that never accepts and whose accept
 * queue is full. The kernel then drops every further SYN in silence, as a dead route would. Needs
 * no rights.
 */
public final class BlackHole implements Closeable {
  private static final int PROBE_MILLIS = 300;
  // A backlog of 1 holds two connections on Linux; the bound only keeps a strange kernel from
  // looping.
  private static final int MOST_FILLERS = 64;

  private final ServerSocket listener;

  private BlackHole(ServerSocket listener) {
    this.listener = listener;
  }

  /** Opens a black hole on any free port of this IP literal. */
  public static BlackHole on(String address) throws IOException {
    return on(address, 0);
  }

  /** Opens a black hole; port 0 takes a free one. */
  public static BlackHole on(String address, int port) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.bind(new InetSocketAddress(Loopback.address(address), port), 1);
      fill(address, listener.getLocalPort());
      return new BlackHole(listener);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** After this the address refuses, as one without a listener does. */
  @Override
  public void close() throws IOException {
    listener.close();
  }

  // The kernel decides how many connections fit into the queue, so this method opens one after
  // another until one gets no answer. It may close each of them at once: a closed connection keeps
  // its place in the queue until the listener accepts it.
  private static void fill(String address, int port) throws IOException {
    InetSocketAddress target = new InetSocketAddress(Loopback.address(address), port);
    for (int i = 0; i < MOST_FILLERS; i++) {
      try (Socket filler = new Socket()) {
        filler.connect(target, PROBE_MILLIS);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new IOException(target + " still answers after " + MOST_FILLERS + " connections");
  }
}
