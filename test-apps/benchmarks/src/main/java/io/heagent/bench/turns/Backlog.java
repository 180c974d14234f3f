package io.heagent.bench.turns;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A listener that accepts only when it is told to. Between, the kernel completes the connects of
 * its clients by itself, so that no other process takes part in what is measured.
 */
public final class Backlog implements Closeable {

  /** How many connects may wait. Linux by default allows no more. */
  static final int MOST = 4_096;

  private final ServerSocketChannel listener = ServerSocketChannel.open();

  /** Listens on this IP literal and port. */
  public Backlog(String address, int port) throws IOException {
    listener.bind(new InetSocketAddress(address, port), MOST);
    listener.configureBlocking(false);
  }

  public String port() {
    return Integer.toString(listener.socket().getLocalPort());
  }

  /** Accepts and closes all connections that are there. */
  public void drain() throws IOException {
    for (SocketChannel client; (client = listener.accept()) != null; ) {
      client.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
