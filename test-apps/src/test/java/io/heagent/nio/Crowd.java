package io.heagent.nio;

import io.heagent.lab.Loopback;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** A server for thousands of connections on one thread: it keeps each until the client ends it. */
final class Crowd implements Closeable {
  private static final int BACKLOG = 8192;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final AtomicInteger accepted = new AtomicInteger();

  Crowd(String address, int port) throws IOException {
    listener.bind(new InetSocketAddress(Loopback.address(address), port), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    Thread thread = new Thread(this::run, "crowd");
    thread.setDaemon(true);
    thread.start();
  }

  int accepted() {
    return accepted.get();
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    while (selector.isOpen()) {
      try {
        selector.select(key -> serve(key, buffer));
      } catch (IOException | ClosedSelectorException e) {
        return;
      }
    }
  }

  // A client that goes away in the middle is no fault of the server.
  private void serve(SelectionKey key, ByteBuffer buffer) {
    try {
      if (key.isAcceptable()) {
        SocketChannel client = listener.accept();
        if (client != null) {
          accepted.incrementAndGet();
          client.configureBlocking(false);
          client.register(selector, SelectionKey.OP_READ);
        }
      } else if (((SocketChannel) key.channel()).read(buffer.clear()) < 0) {
        key.channel().close();
      }
    } catch (IOException gone) {
      key.cancel();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
