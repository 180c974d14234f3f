package io.heagent.it.blocking;

import io.heagent.it.lab.Service;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URL;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocketFactory;

/** A blocking way to a host, as programs go it. */
public enum BlockingWay {
  NEW_SOCKET(Service.TALK, false) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      return new SocketConversation(new Socket(host, port));
    }
  },
  SOCKET_TIMEOUT(Service.TALK, true) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      return connected(new Socket(), new InetSocketAddress(host, port), millis);
    }
  },
  SOCKET_UNRESOLVED(Service.TALK, true) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      return connected(new Socket(), InetSocketAddress.createUnresolved(host, port), millis);
    }
  },
  SSL_SOCKET(Service.TLS, false) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      return new SocketConversation(SSLSocketFactory.getDefault().createSocket(host, port));
    }
  },
  CHANNEL(Service.TALK, false) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      return ChannelConversation.connect(new InetSocketAddress(host, port));
    }
  },
  CHANNEL_UNRESOLVED(Service.TALK, false) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      return ChannelConversation.connect(InetSocketAddress.createUnresolved(host, port));
    }
  },
  CHANNEL_OPEN(Service.TALK, false) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      return new ChannelConversation(SocketChannel.open(new InetSocketAddress(host, port)));
    }
  },
  ADAPTOR(Service.TALK, true) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.socket().connect(new InetSocketAddress(host, port), millis);
        return new ChannelConversation(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  },
  URL_CONNECTION(Service.HTTP, true) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      return http(new URL("http", host, port, "/"), Proxy.NO_PROXY, millis);
    }
  },
  SOCKS_PROXY(Service.SOCKS, true) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      Proxy proxy = new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved(host, port));
      InetSocketAddress target = new InetSocketAddress(Service.TALK.address(), port);
      return connected(new Socket(proxy), target, millis);
    }
  },
  HTTP_PROXY(Service.HTTP_PROXY, true) {
    @Override
    public Conversation open(String host, int port, int millis) throws IOException {
      Proxy proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
      return http(new URL("http://target.test/"), proxy, millis);
    }
  };

  private final Service service;
  private final boolean timed;

  BlockingWay(Service service, boolean timed) {
    this.service = service;
    this.timed = timed;
  }

  /** What it talks to first: for a proxy, the proxy. */
  public Service service() {
    return service;
  }

  /** Whether it has a timeout of the caller's. */
  public boolean isTimed() {
    return timed;
  }

  /** Connects; the timeout is of use to timed ways only. */
  public abstract Conversation open(String host, int port, int millis) throws IOException;

  private static Conversation connected(Socket socket, InetSocketAddress to, int millis)
      throws IOException {
    try {
      socket.connect(to, millis);
      return new SocketConversation(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Conversation http(URL url, Proxy proxy, int millis) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection(proxy);
    connection.setConnectTimeout(millis);
    connection.connect();
    return new HttpConversation(connection);
  }
}
