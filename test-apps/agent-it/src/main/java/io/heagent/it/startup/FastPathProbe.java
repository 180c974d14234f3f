package io.heagent.it.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * Arguments: host, port, connects, literal. For a trace of its system calls: per way so many
 * connects to a talk service, between two that go to the literal address, which mark begin and end
 * in the trace.
 */
public final class FastPathProbe {
  private static final int LONG_MILLIS = 30_000;

  /** The ways to connect. */
  public enum Way {
    SOCKET {
      @Override
      void connect(InetSocketAddress to) throws IOException {
        try (Socket socket = new Socket()) {
          socket.connect(to);
          Dial.served(socket.getInputStream());
        }
      }
    },
    SOCKET_TIMED {
      @Override
      void connect(InetSocketAddress to) throws IOException {
        try (Socket socket = new Socket()) {
          socket.connect(to, LONG_MILLIS);
          Dial.served(socket.getInputStream());
        }
      }
    },
    CHANNEL {
      @Override
      void connect(InetSocketAddress to) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.connect(to);
          Dial.served(Channels.newInputStream(channel));
        }
      }
    },
    ADAPTOR {
      @Override
      void connect(InetSocketAddress to) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.socket().connect(to, LONG_MILLIS);
          Dial.served(channel.socket().getInputStream());
        }
      }
    };

    abstract void connect(InetSocketAddress to) throws IOException;
  }

  private FastPathProbe() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    InetAddress mark = InetAddress.getByName(args[3]);
    for (Way way : Way.values()) {
      // What only the first connect of a JVM costs is not what this is about.
      way.connect(to);
      Dial.outcome(new InetSocketAddress(mark, to.getPort()));
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        way.connect(to);
      }
      Dial.outcome(new InetSocketAddress(mark, to.getPort()));
      System.out.println(way.name().toLowerCase(Locale.ROOT));
    }
  }
}
