package io.heagent.it.fault;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The kinds of connect; each tells how one ended. */
enum FaultKind {
  SOCKET {
    @Override
    String connect(InetSocketAddress to, int millis) throws Exception {
      return socket(to, millis);
    }
  },
  CHANNEL {
    @Override
    String connect(InetSocketAddress to, int millis) throws Exception {
      try (SocketChannel channel = SocketChannel.open()) {
        Future<?> closer = CompletableFuture.runAsync(() -> close(channel), in(millis));
        try {
          channel.connect(to);
        } finally {
          closer.cancel(false);
        }
        return isServed(channel) ? CONNECTED : "closed";
      } catch (AsynchronousCloseException e) {
        return PENDING;
      }
    }
  },
  SELECTOR {
    @Override
    String connect(InetSocketAddress to, int millis) throws Exception {
      try (Selector selector = Selector.open();
          SocketChannel channel = SocketChannel.open()) {
        channel.configureBlocking(false);
        if (channel.connect(to)) {
          return "connected at once";
        }
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int told = 0;
        for (long left; told == 0 && (left = until - System.nanoTime()) > 0; ) {
          told = selector.select(left / 1_000_000L + 1);
        }
        if (told == 0) {
          return PENDING;
        }
        if (!channel.finishConnect()) {
          return "told too early";
        }
        key.cancel();
        selector.selectNow();
        channel.configureBlocking(true);
        return isServed(channel) ? CONNECTED : "closed";
      }
    }
  },
  ASYNC {
    @Override
    String connect(InetSocketAddress to, int millis) throws Exception {
      try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
        channel.connect(to).get(millis, TimeUnit.MILLISECONDS);
        int read = channel.read(ByteBuffer.allocate(1)).get(SERVED_MILLIS, TimeUnit.MILLISECONDS);
        return read > 0 ? CONNECTED : "closed";
      } catch (TimeoutException e) {
        return PENDING;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  },
  VIRTUAL {
    @Override
    String connect(InetSocketAddress to, int millis) throws Exception {
      CompletableFuture<String> ended = new CompletableFuture<>();
      Runnable connect =
          () -> {
            try {
              ended.complete(socket(to, millis));
            } catch (IOException | RuntimeException | Error e) {
              ended.completeExceptionally(e);
            }
          };
      try {
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, connect);
        return ended.get(millis + SERVED_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        return "hangs";
      } catch (ExecutionException | InvocationTargetException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  },
  NETTY {
    @Override
    String connect(InetSocketAddress to, int millis) throws Exception {
      return NettyConnect.to(to, millis, SERVED_MILLIS);
    }
  };

  static final String PENDING = "pending";
  static final String CONNECTED = "connected";
  private static final int SERVED_MILLIS = 10_000;

  /** Whether this JVM has it. */
  boolean isPossible() {
    return switch (this) {
      case VIRTUAL -> Runtime.version().feature() >= 21;
      // Netty's native code is for x86_64 here.
      case NETTY ->
          System.getProperty("os.name").equals("Linux")
              && System.getProperty("os.arch").equals("amd64");
      default -> true;
    };
  }

  /** Whether the program's connect returns with its outcome. */
  boolean isBlocking() {
    return this != SELECTOR && this != ASYNC && this != NETTY;
  }

  /**
   * Connects and reads.
   *
   * @param millis for how long the program waits for a connection
   */
  abstract String connect(InetSocketAddress to, int millis) throws Exception;

  private static String socket(InetSocketAddress to, int millis) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to, millis);
      socket.setSoTimeout(SERVED_MILLIS);
      return socket.getInputStream().read() > 0 ? CONNECTED : "closed";
    } catch (SocketTimeoutException e) {
      if (Faults.isTelling(e)) {
        throw e;
      }
      return PENDING;
    }
  }

  private static boolean isServed(SocketChannel channel) throws IOException {
    channel.socket().setSoTimeout(SERVED_MILLIS);
    return channel.read(ByteBuffer.allocate(1)) > 0;
  }

  private static java.util.concurrent.Executor in(int millis) {
    return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
