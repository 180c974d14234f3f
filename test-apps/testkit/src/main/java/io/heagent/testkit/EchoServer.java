package io.heagent.testkit;

import java.io.Closeable;
import java.io.IOException;
import javax.net.ServerSocketFactory;

/** Sends back every byte it gets, until the client ends its side. */
public final class EchoServer implements Closeable {
  private final AcceptLoop loop;

  private EchoServer(AcceptLoop loop) {
    this.loop = loop;
    loop.start();
  }

  /** Port 0 takes a free one. */
  public static EchoServer on(String address, int port) throws IOException {
    return new EchoServer(
        new AcceptLoop(
            ServerSocketFactory.getDefault(),
            address,
            port,
            connection -> connection.getInputStream().transferTo(connection.getOutputStream())));
  }

  public int port() {
    return loop.port();
  }

  /** How many connections have been accepted so far. */
  public int accepted() {
    return loop.accepted();
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
