package io.heagent.bench.startup;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;

/** Takes connections and closes them, on this host's loopback. */
final class Acceptor implements Closeable, Runnable {
  private final ServerSocket server = new ServerSocket(0);

  Acceptor() throws IOException {
    Thread thread = new Thread(this, "acceptor");
    thread.setDaemon(true);
    thread.start();
  }

  String port() {
    return Integer.toString(server.getLocalPort());
  }

  @Override
  public void run() {
    while (!server.isClosed()) {
      try {
        server.accept().close();
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
