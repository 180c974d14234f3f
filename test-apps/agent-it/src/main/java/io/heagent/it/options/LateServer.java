package io.heagent.it.options;

import io.heagent.it.lab.Threads;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does not answer until it is opened, because its queue of connections is full. */
final class LateServer implements Closeable {
  private static final int FULL_MILLIS = 300;

  private final ServerSocket listener = new ServerSocket();
  private final List<Socket> open = new ArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private int fillers;
  private volatile Thread accepting;

  LateServer(InetSocketAddress address) throws IOException {
    listener.bind(address, 1);
    try {
      while (true) {
        Socket filler = new Socket();
        open.add(filler);
        filler.connect(address, FULL_MILLIS);
        fillers++;
      }
    } catch (SocketTimeoutException full) {
      // The accept queue is full, as it should be.
      return;
    }
  }

  /** How many others than its own it has accepted. */
  int accepted() {
    return accepted.get() - fillers;
  }

  /** Accepts from now on. */
  void open() {
    accepting =
        Threads.PLATFORM.start(
            () -> {
              try {
                while (true) {
                  open.add(listener.accept());
                  accepted.incrementAndGet();
                }
              } catch (IOException closed) {
                return;
              }
            });
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      if (accepting != null) {
        // It is the one that really closes the descriptor.
        accepting.join();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    for (Socket socket : open) {
      socket.close();
    }
  }
}
