package io.heagent.it.startup;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Arguments: host, port. Connects in each way that the JDK has and tells in one line each who
 * answered, or what failed.
 */
public final class DialAll {
  private static final int LONG_MILLIS = 30_000;

  /** The ways, each with hooks of its own. */
  public enum Way {
    SOCKET {
      @Override
      public String dial(InetSocketAddress to) {
        return Dial.outcome(to);
      }
    },
    CHANNEL {
      @Override
      public String dial(InetSocketAddress to) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.connect(to);
          return answer(Channels.newInputStream(channel));
        }
      }
    },
    ADAPTOR {
      @Override
      public String dial(InetSocketAddress to) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.socket().connect(to, LONG_MILLIS);
          return answer(channel.socket().getInputStream());
        }
      }
    },
    SELECTOR {
      @Override
      public String dial(InetSocketAddress to) throws IOException {
        try (Selector selector = Selector.open();
            SocketChannel channel = SocketChannel.open()) {
          channel.configureBlocking(false);
          channel.connect(to);
          SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
          selector.select(LONG_MILLIS);
          if (!channel.finishConnect()) {
            throw new IOException("select gave nothing");
          }
          key.cancel();
          selector.selectNow();
          channel.configureBlocking(true);
          return answer(Channels.newInputStream(channel));
        }
      }
    },
    ASYNC {
      @Override
      public String dial(InetSocketAddress to)
          throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
          channel.connect(to).get(LONG_MILLIS, TimeUnit.MILLISECONDS);
          return answer(Channels.newInputStream(channel));
        }
      }
    };

    public abstract String dial(InetSocketAddress to)
        throws IOException, InterruptedException, ExecutionException, TimeoutException;
  }

  private DialAll() {}

  public static void main(String[] args) throws InterruptedException {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    for (Way way : Way.values()) {
      System.out.println(way + " " + outcome(way, to));
    }
  }

  private static String outcome(Way way, InetSocketAddress to) throws InterruptedException {
    try {
      return way.dial(to);
    } catch (ExecutionException e) {
      return Dial.failed(e.getCause());
    } catch (IOException | TimeoutException e) {
      return Dial.failed(e);
    }
  }

  private static String answer(InputStream in) throws IOException {
    return "connected to " + Dial.served(in);
  }
}
