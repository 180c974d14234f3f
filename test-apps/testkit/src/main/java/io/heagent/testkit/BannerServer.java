package io.heagent.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import javax.net.ServerSocketFactory;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Tells each client in one line which address it serves on, so that "which address was reached" is
 * proven by the server's own word. Over TLS it also tells which name the client asked for (SNI).
 */
public final class BannerServer implements Closeable {
  private final AcceptLoop loop;

  private BannerServer(AcceptLoop loop) {
    this.loop = loop;
    loop.start();
  }

  /** Serves plain TCP; port 0 takes a free one. */
  public static BannerServer plain(String address, int port) throws IOException {
    ServerSocketFactory factory = ServerSocketFactory.getDefault();
    return new BannerServer(
        new AcceptLoop(
            factory,
            address,
            port,
            connection -> send(connection, "served by " + address(connection))));
  }

  /** Serves TLS; port 0 takes a free one. */
  public static BannerServer tls(String address, int port, SSLContext context) throws IOException {
    return new BannerServer(
        new AcceptLoop(
            context.getServerSocketFactory(),
            address,
            port,
            connection ->
                send(
                    connection,
                    "served by "
                        + address(connection)
                        + " as "
                        + requestedNames((SSLSocket) connection))));
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

  private static void send(Socket connection, String line) throws IOException {
    connection.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    connection.shutdownOutput();
  }

  private static String address(Socket connection) {
    return connection.getLocalAddress().getHostAddress();
  }

  private static String requestedNames(SSLSocket connection) throws IOException {
    connection.startHandshake();
    ExtendedSSLSession session = (ExtendedSSLSession) connection.getSession();
    return session.getRequestedServerNames().stream()
        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
        .collect(Collectors.joining(","));
  }
}
