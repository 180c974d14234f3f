package io.heagent.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Takes connections and closes them, at a free port. */
public final class Acceptor implements Closeable, Runnable {
  private static final int BACKLOG = 4_096;

  private final ServerSocket server = new ServerSocket();

  /** On this host's loopback. */
  public Acceptor() throws IOException {
    this("127.0.0.1");
  }

  /** At an address of this host. */
  public Acceptor(String address) throws IOException {
    server.bind(new InetSocketAddress(address, 0), BACKLOG);
    Thread thread = new Thread(this, "acceptor");
    thread.setDaemon(true);
    thread.start();
  }

  public String port() {
    return Integer.toString(server.getLocalPort());
  }

  @Override
  public void run() {
    while (!server.isClosed()) {
      try {
        server.accept().close();
      } catch (IOException reset) {
        // The client has reset the connection already, or the server is closed: the loop looks.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
