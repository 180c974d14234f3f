package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Walks the addresses of names by itself, with the whole timeout for each. Arguments: the way, the
 * port, the timeout in ms, the names.
 */
public final class WalkProbe {
  /** How a step is taken. */
  public enum Way {
    /** A new socket, as Apache HttpClient, Jedis and MySQL's driver do. */
    SOCKET {
      @Override
      SocketAddress connect(InetSocketAddress to, int millis) throws IOException {
        try (Socket socket = new Socket()) {
          socket.connect(to, millis);
          return socket.getRemoteSocketAddress();
        }
      }
    },
    /** A channel that is closed when the time is over, as Jetty and Apache's reactor do. */
    SELECTOR {
      @Override
      SocketAddress connect(InetSocketAddress to, int millis) throws IOException {
        try (Selector selector = Selector.open();
            SocketChannel channel = SocketChannel.open()) {
          channel.configureBlocking(false);
          channel.connect(to);
          channel.register(selector, SelectionKey.OP_CONNECT);
          if (selector.select(millis) == 0) {
            throw new SocketTimeoutException();
          }
          channel.finishConnect();
          return channel.getRemoteAddress();
        }
      }
    },
    /** The same without a selector, as Tomcat's WebSocket client and Mongo's do. */
    ASYNC {
      @Override
      SocketAddress connect(InetSocketAddress to, int millis) throws IOException {
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
          channel.connect(to).get(millis, TimeUnit.MILLISECONDS);
          return channel.getRemoteAddress();
        } catch (ExecutionException e) {
          throw (IOException) e.getCause();
        } catch (TimeoutException e) {
          throw new SocketTimeoutException();
        } catch (InterruptedException e) {
          throw new InterruptedIOException();
        }
      }
    };

    abstract SocketAddress connect(InetSocketAddress to, int millis) throws IOException;
  }

  private WalkProbe() {}

  public static void main(String[] args) throws Exception {
    Way way = Way.valueOf(args[0]);
    int port = Integer.parseInt(args[1]);
    int millis = Integer.parseInt(args[2]);
    for (int i = 3; i < args.length; i++) {
      Facts facts = new Facts(args[i]);
      long start = System.nanoTime();
      SocketAddress reached = walk(way, args[i], port, millis, facts);
      facts.put("ms", (System.nanoTime() - start) / 1_000_000L);
      facts.put("reached", reached).print();
    }
  }

  private static SocketAddress walk(Way way, String name, int port, int millis, Facts facts)
      throws IOException {
    int tried = 0;
    for (InetAddress address : InetAddress.getAllByName(name)) {
      tried++;
      facts.put("tried", tried);
      try {
        return way.connect(new InetSocketAddress(address, port), millis);
      } catch (IOException e) {
        if (tried == 1) {
          facts.put("first failure", e.getClass().getName());
        }
        facts.put("last failure", e.getClass().getName());
      }
    }
    return null;
  }
}
