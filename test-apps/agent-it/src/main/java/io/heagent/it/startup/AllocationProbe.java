package io.heagent.it.startup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Arguments: host, port, connects, and the {@link Way ways} unless it is a socket alone. Prints for
 * each way how many bytes the thread allocates until it is connected to an address that is known,
 * once the first ones are through. It is the least of all connects: on a busy machine the kernel
 * may answer a SYN on loopback a moment later, and the thread has to wait for it, which allocates
 * more. What it allocates to hear the server depends on whether that has spoken by then, and is not
 * counted.
 */
public final class AllocationProbe {
  private static final int FIRST = 50;
  private static final int TIMEOUT_MILLIS = 30_000;

  /** Read into by each channel. */
  private static final ByteBuffer BYTE = ByteBuffer.allocateDirect(1);

  /** The ways to connect, and to wait until the server speaks. */
  public enum Way {
    SOCKET {
      @Override
      void connect(InetSocketAddress to, Runnable connected) throws IOException {
        try (Socket socket = new Socket()) {
          socket.connect(to, TIMEOUT_MILLIS);
          connected.run();
          socket.getInputStream().read();
        }
      }
    },
    CHANNEL {
      @Override
      void connect(InetSocketAddress to, Runnable connected) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.connect(to);
          connected.run();
          channel.read(BYTE.clear());
        }
      }
    },
    NON_BLOCKING {
      @Override
      void connect(InetSocketAddress to, Runnable connected) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.configureBlocking(false);
          boolean finished = channel.connect(to);
          while (!finished) {
            finished = channel.finishConnect();
          }
          connected.run();
          channel.configureBlocking(true);
          channel.read(BYTE.clear());
        }
      }
    },
    ASYNC {
      @Override
      void connect(InetSocketAddress to, Runnable connected) throws IOException {
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
          Future<Void> connect = channel.connect(to);
          // To wait in get() would allocate, if there is anything left to wait for.
          while (!connect.isDone()) {
            Thread.onSpinWait();
          }
          connect.get();
          connected.run();
          channel.read(BYTE.clear()).get();
        } catch (InterruptedException | ExecutionException e) {
          throw new IOException(e);
        }
      }
    };

    /**
     * The server has accepted it when it speaks. Its backlog is never full: no SYN is lost.
     *
     * @param connected run before that, as soon as there is a connection
     */
    abstract void connect(InetSocketAddress to, Runnable connected) throws IOException;
  }

  private AllocationProbe() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    int connects = Integer.parseInt(args[2]);
    if (args.length == 3) {
      System.out.println(least(Way.SOCKET, to, connects));
    }
    for (int i = 3; i < args.length; i++) {
      System.out.println(least(Way.valueOf(args[i]), to, connects));
    }
  }

  private static long least(Way way, InetSocketAddress to, int connects) throws IOException {
    for (int i = 0; i < FIRST; i++) {
      way.connect(to, () -> {});
    }
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long[] after = new long[1];
    Runnable connected = () -> after[0] = threads.getThreadAllocatedBytes(self);
    connected.run();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < connects; i++) {
      long before = threads.getThreadAllocatedBytes(self);
      way.connect(to, connected);
      least = Math.min(least, after[0] - before);
    }
    return least;
  }
}
