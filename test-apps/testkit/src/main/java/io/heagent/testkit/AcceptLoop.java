package io.heagent.testkit;

import io.heagent.testkit.net.Loopback;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * Accepts on one address and serves each connection on a daemon thread; counts what it accepted.
 */
final class AcceptLoop implements Closeable {
  /** Serves one connection, which is closed afterwards. */
  interface Service {
    void serve(Socket connection) throws IOException;
  }

  /**
   * How many connections may wait to be accepted; the kernel drops the SYNs of more. A connection
   * that its client has closed waits too, so there may be many more than clients at a time: as many
   * as clients can make while a busy machine keeps the accepting thread waiting.
   */
  static final int BACKLOG = 1_024;

  private final ServerSocket listener;
  private final Service service;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  AcceptLoop(ServerSocketFactory factory, String address, int port, Service service)
      throws IOException {
    this.service = service;
    this.listener = factory.createServerSocket();
    try {
      listener.bind(new InetSocketAddress(Loopback.address(address), port), BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  void start() {
    daemon("accept on " + listener.getLocalSocketAddress(), this::run).start();
  }

  int port() {
    return listener.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : open) {
      connection.close();
    }
  }

  private void run() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        accepted.incrementAndGet();
        open.add(connection);
        daemon("serve " + connection.getRemoteSocketAddress(), () -> serve(connection)).start();
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  // A client that goes away in the middle is no fault of the server: losers of a race do just that.
  private void serve(Socket connection) {
    try (connection) {
      service.serve(connection);
    } catch (IOException gone) {
      return;
    } finally {
      open.remove(connection);
    }
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
