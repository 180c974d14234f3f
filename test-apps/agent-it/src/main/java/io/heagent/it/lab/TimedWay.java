package io.heagent.it.lab;

import java.io.IOException;
import java.io.InterruptedIOException;
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

/** One connect to one address with a timeout of the program's, in each way that programs do it. */
public enum TimedWay {
  /** A new socket, as Apache HttpClient, Jedis and MySQL's driver do. */
  SOCKET {
    @Override
    public SocketAddress connect(InetSocketAddress to, int millis) throws IOException {
      try (Socket socket = new Socket()) {
        socket.connect(to, millis);
        return socket.getRemoteSocketAddress();
      }
    }
  },
  /** A channel that is closed when the time is over, as Jetty and Apache's reactor do. */
  SELECTOR {
    @Override
    public SocketAddress connect(InetSocketAddress to, int millis) throws IOException {
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
    public SocketAddress connect(InetSocketAddress to, int millis) throws IOException {
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

  /**
   * Connects and closes again; gives the address that was reached.
   *
   * @throws SocketTimeoutException if the milliseconds are over
   */
  public abstract SocketAddress connect(InetSocketAddress to, int millis) throws IOException;
}
