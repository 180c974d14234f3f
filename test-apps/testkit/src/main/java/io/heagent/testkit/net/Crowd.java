package io.heagent.testkit.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A server for thousands of connections: it keeps each until the client ends it. One thread
 * accepts, another sees to the ends. They look only so often, and then do all at once, as they
 * share few processors with what is measured: for a client a connection is there before its server
 * has accepted it.
 */
public final class Crowd implements Closeable {
  private static final int BACKLOG = 8192;

  /** Far fewer connections arrive in that time than the accept queue holds. */
  private static final long REST_NANOS = 20_000_000L;

  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final Selector arrivals = Selector.open();
  private final Selector connected = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocate(1024);
  private final AtomicInteger accepted = new AtomicInteger();

  /** Listens on this IP literal and port. */
  public Crowd(String address, int port) throws IOException {
    listener.bind(new InetSocketAddress(Loopback.address(address), port), BACKLOG);
    register(listener, arrivals, SelectionKey.OP_ACCEPT);
    start("crowd-accept", arrivals, key -> accept());
    start("crowd-close", connected, this::closeIfEnded);
  }

  /** How many connections there have been, as far as they were accepted. */
  public int accepted() {
    return accepted.get();
  }

  private static void register(SelectableChannel channel, Selector selector, int operation)
      throws IOException {
    channel.configureBlocking(false);
    channel.register(selector, operation);
  }

  private static void start(String name, Selector selector, Consumer<SelectionKey> serve) {
    Thread thread = new Thread(() -> run(selector, serve), name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Selector selector, Consumer<SelectionKey> serve) {
    while (selector.isOpen()) {
      try {
        // With a limit, so that channels that are registered meanwhile are looked at too.
        selector.select(serve, 100);
        LockSupport.parkNanos(REST_NANOS);
      } catch (IOException | ClosedSelectorException e) {
        return;
      }
    }
  }

  private void accept() {
    try {
      for (SocketChannel client; (client = listener.accept()) != null; ) {
        accepted.incrementAndGet();
        register(client, connected, SelectionKey.OP_READ);
      }
    } catch (IOException gone) {
      // A client that goes away in the middle is no fault of the server.
    }
  }

  private void closeIfEnded(SelectionKey key) {
    SocketChannel client = (SocketChannel) key.channel();
    try {
      if (!hasEnded(client)) {
        return;
      }
      // A reset, which spares the client thousands of ports in TIME-WAIT: it could connect from
      // one of these again, but has to search for it, and after a lost SYN waits for a second.
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
      client.close();
    } catch (IOException gone) {
      key.cancel();
    }
  }

  private boolean hasEnded(SocketChannel client) {
    try {
      return client.read(buffer.clear()) < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    arrivals.close();
    for (SelectionKey key : connected.keys()) {
      key.channel().close();
    }
    connected.close();
  }
}
