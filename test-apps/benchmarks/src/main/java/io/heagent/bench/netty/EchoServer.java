package io.heagent.bench.netty;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sends each byte back that it reads, to one client at a time. */
final class EchoServer implements Closeable, Runnable {
  private final ServerSocket server = new ServerSocket();

  EchoServer(String address) throws IOException {
    server.bind(new InetSocketAddress(address, 0), 4096);
    Thread thread = new Thread(this, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  String port() {
    return Integer.toString(server.getLocalPort());
  }

  @Override
  public void run() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.setTcpNoDelay(true);
        InputStream in = client.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
          out.write(read);
        }
      } catch (IOException reset) {
        // The client has gone, or the server is closed: the loop looks.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
