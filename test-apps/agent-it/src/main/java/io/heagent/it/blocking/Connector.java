package io.heagent.it.blocking;

import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Threads;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/**
 * The objects by which a program connects. A case may close one, or connect it again, while it
 * connects.
 */
public enum Connector {
  SOCKET {
    @Override
    Open open() {
      return socket(0);
    }
  },
  SOCKET_TIMED {
    @Override
    Open open() {
      return socket(LONG_MILLIS);
    }
  },
  CHANNEL {
    @Override
    Open open() throws IOException {
      SocketChannel channel = SocketChannel.open();
      return new Open(channel, channel::connect, () -> !channel.isOpen());
    }
  },
  ADAPTOR {
    @Override
    Open open() throws IOException {
      SocketChannel channel = SocketChannel.open();
      return new Open(
          channel, to -> channel.socket().connect(to, LONG_MILLIS), () -> !channel.isOpen());
    }
  };

  /** Far beyond what any case lasts. */
  static final int LONG_MILLIS = 60_000;

  /** Makes an object that is not connected. */
  abstract Open open() throws IOException;

  /** Whether an interrupt ends its connect on this kind of thread, by the JDK's documentation. */
  boolean heedsInterrupt(Threads threads) {
    return this == CHANNEL || this == ADAPTOR || threads == Threads.VIRTUAL;
  }

  private static Open socket(int millis) {
    Socket socket = new Socket();
    return new Open(socket, to -> socket.connect(to, millis), socket::isClosed);
  }

  /** Connects the object. */
  interface Connect {
    void to(SocketAddress address) throws IOException;
  }

  /** Asks the object a question. */
  interface Question {
    boolean isSo();
  }

  /** An object that can be closed, connected, and asked whether it is closed. */
  record Open(Closeable object, Connect connect, Question isClosed) {}

  /** The address of a scenario's name at the talk service. */
  static InetSocketAddress address(Scenario scenario, int port, boolean resolved) {
    String host = scenario.host(Service.TALK);
    return resolved
        ? new InetSocketAddress(host, port)
        : InetSocketAddress.createUnresolved(host, port);
  }
}
