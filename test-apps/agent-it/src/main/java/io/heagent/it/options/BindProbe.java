package io.heagent.it.options;

import io.heagent.it.lab.Facts;
import io.heagent.it.startup.Dial;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Binds each kind of socket to a local address, connects it to each host, one after the other, and
 * tells who answered, and where the service and the program itself see the program's end.
 * Arguments: the port of the talk service, the local address, the local port, the hosts.
 */
public final class BindProbe {
  private static final int LONG_MILLIS = 30_000;

  /** What is bound and connected. */
  public enum Way {
    SOCKET {
      @Override
      void run(InetSocketAddress local, InetSocketAddress to, Facts facts) throws IOException {
        try (Socket socket = new Socket()) {
          socket.setReuseAddress(true);
          socket.bind(local);
          socket.connect(to, LONG_MILLIS);
          note(
              facts,
              socket.getInputStream(),
              new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()));
        }
      }
    },
    CONSTRUCTOR {
      @Override
      void run(InetSocketAddress local, InetSocketAddress to, Facts facts) throws IOException {
        try (Socket socket =
            new Socket(to.getAddress(), to.getPort(), local.getAddress(), local.getPort())) {
          note(facts, socket.getInputStream(), (InetSocketAddress) socket.getLocalSocketAddress());
        }
      }
    },
    CHANNEL {
      @Override
      void run(InetSocketAddress local, InetSocketAddress to, Facts facts) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.bind(local);
          channel.connect(to);
          note(
              facts,
              Channels.newInputStream(channel),
              (InetSocketAddress) channel.getLocalAddress());
        }
      }
    },
    ADAPTOR {
      @Override
      void run(InetSocketAddress local, InetSocketAddress to, Facts facts) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.socket().bind(local);
          channel.socket().connect(to, LONG_MILLIS);
          note(
              facts,
              Channels.newInputStream(channel),
              (InetSocketAddress) channel.socket().getLocalSocketAddress());
        }
      }
    },
    ASYNC {
      @Override
      void run(InetSocketAddress local, InetSocketAddress to, Facts facts)
          throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
          channel.bind(local);
          channel.connect(to).get(LONG_MILLIS, TimeUnit.MILLISECONDS);
          note(
              facts,
              Channels.newInputStream(channel),
              (InetSocketAddress) channel.getLocalAddress());
        }
      }
    };

    abstract void run(InetSocketAddress local, InetSocketAddress to, Facts facts)
        throws IOException, InterruptedException, ExecutionException, TimeoutException;
  }

  private BindProbe() {}

  public static void main(String[] args) throws InterruptedException {
    InetSocketAddress local = new InetSocketAddress(args[1], Integer.parseInt(args[2]));
    for (String host : List.of(args).subList(3, args.length)) {
      InetSocketAddress to = new InetSocketAddress(host, Integer.parseInt(args[0]));
      for (Way way : Way.values()) {
        Facts facts = new Facts(name(way, host));
        try {
          way.run(local, to, facts);
        } catch (ExecutionException e) {
          facts.put("error", e.getCause());
        } catch (IOException | TimeoutException e) {
          facts.put("error", e);
        }
        facts.print();
      }
    }
  }

  /** The name of a case in the probe's output. */
  static String name(Way way, String host) {
    return way + " " + host;
  }

  private static void note(Facts facts, InputStream in, InetSocketAddress own) throws IOException {
    facts.put("served", Dial.served(in));
    Dial.served(in);
    facts.put("seen", Dial.served(in) + " " + Dial.served(in));
    facts.put("own", own.getAddress().getHostAddress() + " " + own.getPort());
  }
}
