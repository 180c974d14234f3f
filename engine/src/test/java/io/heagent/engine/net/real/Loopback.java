package io.heagent.engine.net.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * Servers on 127.0.0.0/8 that share one port: good ones, and dead ones (the full accept queue of
 * such a server drops every SYN). All other addresses refuse.
 */
public final class Loopback implements AutoCloseable {
  private static final int PROBE_MS = 300;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final ServerSocket good;

  public Loopback() throws IOException {
    good = new ServerSocket(0, 50, address(1));
    open.add(good);
  }

  public int port() {
    return good.getLocalPort();
  }

  /** The server on 127.0.0.1. */
  public ServerSocket good() {
    return good;
  }

  /** 127.0.0.n */
  public static InetAddress address(int n) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) n});
  }

  /** Makes 127.0.0.n drop every SYN, and returns when that has been seen. */
  public InetAddress dead(int n) throws IOException {
    InetAddress address = address(n);
    open.add(new ServerSocket(port(), 1, address));
    while (true) {
      Socket filler = new Socket();
      open.add(filler);
      try {
        filler.connect(new InetSocketAddress(address, port()), PROBE_MS);
      } catch (SocketTimeoutException full) {
        return address;
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
