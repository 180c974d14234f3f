package io.heagent.testkit;

import io.heagent.testkit.net.Loopback;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ServerSocketFactory;

/**
 * A SOCKS 5 proxy (RFC 1928, no authentication) that takes every client to the same host, whatever
 * it asks for: the tests are about the way to the proxy.
 */
public final class SocksServer implements Closeable {
  private static final int VERSION = 5;
  private static final int DOMAIN = 3;
  private static final int IPV6 = 4;

  private final AcceptLoop loop;
  private final InetSocketAddress backend;

  private SocksServer(String address, int port, InetSocketAddress backend) throws IOException {
    this.backend = backend;
    loop = new AcceptLoop(ServerSocketFactory.getDefault(), address, port, this::serve);
    loop.start();
  }

  /** Listens on an address and takes everyone to the backend, an IP literal. */
  public static SocksServer on(String address, int port, String backend, int backendPort)
      throws IOException {
    return new SocksServer(
        address, port, new InetSocketAddress(Loopback.address(backend), backendPort));
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }

  private void serve(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    in.readByte();
    in.skipNBytes(in.readUnsignedByte());
    out.write(new byte[] {VERSION, 0});
    in.skipNBytes(3);
    int type = in.readUnsignedByte();
    in.skipNBytes((type == DOMAIN ? in.readUnsignedByte() : type == IPV6 ? 16 : 4) + 2L);
    try (Socket server = new Socket()) {
      server.connect(backend);
      out.write(new byte[] {VERSION, 0, 0, 1, 0, 0, 0, 0, 0, 0});
      Thread back = new Thread(() -> pump(server, client), "socks back");
      back.setDaemon(true);
      back.start();
      pump(client, server);
    }
  }

  // Either end going away ends the other; that is how a proxy ends.
  private static void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException gone) {
      return;
    }
  }
}
