package io.heagent.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Tells each client in one line which address it serves on and which address and port it sees the
 * client at, then sends back every byte: enough to prove who was reached, that the client's idea of
 * its own address is right, and that reading and writing work.
 */
public final class TalkServer implements Closeable {
  private final AcceptLoop loop;

  private TalkServer(ServerSocketFactory factory, String address, int port) throws IOException {
    loop = new AcceptLoop(factory, address, port, TalkServer::talk);
    loop.start();
  }

  /** Serves plain TCP; port 0 takes a free one. */
  public static TalkServer plain(String address, int port) throws IOException {
    return new TalkServer(ServerSocketFactory.getDefault(), address, port);
  }

  /** Serves TLS; port 0 takes a free one. */
  public static TalkServer tls(String address, int port, SSLContext context) throws IOException {
    return new TalkServer(context.getServerSocketFactory(), address, port);
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

  private static void talk(Socket connection) throws IOException {
    String line =
        connection.getLocalAddress().getHostAddress()
            + " to "
            + connection.getInetAddress().getHostAddress()
            + " "
            + connection.getPort()
            + "\n";
    connection.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
    connection.getInputStream().transferTo(connection.getOutputStream());
  }
}
