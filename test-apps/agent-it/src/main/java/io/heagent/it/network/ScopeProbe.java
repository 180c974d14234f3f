package io.heagent.it.network;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that vets addresses: of each name it connects to the first address that begins as the
 * public ones of the lab do, in each way, all at the same time. Arguments: a port, a number of
 * milliseconds to wait, domains; the names are {@code socket}, {@code channel} and {@code async}
 * below each.
 */
public final class ScopeProbe {
  private static final String PUBLIC = "2d00:99:";

  private ScopeProbe() {}

  /** A way to connect; gives the address that was reached. */
  public enum Way {
    SOCKET {
      @Override
      String reach(InetSocketAddress to, int millis) throws IOException {
        try (Socket socket = new Socket()) {
          socket.connect(to, millis);
          return socket.getInetAddress().getHostAddress();
        }
      }
    },
    CHANNEL {
      @Override
      String reach(InetSocketAddress to, int millis) throws IOException {
        try (Selector selector = Selector.open();
            SocketChannel channel = SocketChannel.open()) {
          channel.configureBlocking(false);
          channel.connect(to);
          channel.register(selector, SelectionKey.OP_CONNECT);
          if (selector.select(millis) == 0) {
            return "nothing";
          }
          channel.finishConnect();
          return text(channel.getRemoteAddress());
        }
      }
    },
    ASYNC {
      @Override
      String reach(InetSocketAddress to, int millis)
          throws IOException, InterruptedException, ExecutionException {
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
          channel.connect(to).get(millis, TimeUnit.MILLISECONDS);
          return text(channel.getRemoteAddress());
        } catch (TimeoutException e) {
          return "nothing";
        }
      }
    };

    abstract String reach(InetSocketAddress to, int millis)
        throws IOException, InterruptedException, ExecutionException;

    static String text(SocketAddress address) {
      return ((InetSocketAddress) address).getAddress().getHostAddress();
    }

    /** The name for this way alone. */
    public String host(String domain) {
      return name().toLowerCase(Locale.ROOT) + "." + domain;
    }
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int millis = Integer.parseInt(args[1]);
    List<Thread> threads = new ArrayList<>();
    for (String domain : List.of(args).subList(2, args.length)) {
      for (Way way : Way.values()) {
        String host = way.host(domain);
        threads.add(Threads.PLATFORM.start(() -> reach(way, host, port, millis).print()));
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.exit(0);
  }

  private static Facts reach(Way way, String host, int port, int millis) {
    Facts facts = new Facts(host);
    try {
      InetAddress vetted = vetted(InetAddress.getAllByName(host));
      facts.put("reached", way.reach(new InetSocketAddress(vetted, port), millis));
    } catch (ExecutionException e) {
      facts.put("reached", e.getCause().getClass().getSimpleName());
    } catch (IOException | InterruptedException | RuntimeException e) {
      facts.put("reached", e.getClass().getSimpleName());
    }
    return facts;
  }

  private static InetAddress vetted(InetAddress[] addresses) {
    for (InetAddress address : addresses) {
      if (address.getHostAddress().startsWith(PUBLIC)) {
        return address;
      }
    }
    throw new IllegalStateException(List.of(addresses).toString());
  }
}
