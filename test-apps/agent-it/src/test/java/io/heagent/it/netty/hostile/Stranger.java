package io.heagent.it.netty.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A thread that opens and closes connections of its own all the time. When another thread closes a
 * descriptor, the system therefore soon gives its number to one of these connections. The thread
 * reports each connection of its own on which it reads another host's answer.
 */
final class Stranger extends Thread {
  private static final int PATIENCE_MILLIS = 30_000;

  private final String host;
  private final int port;
  private final Consumer<String> count;
  private final Queue<String> wrong;
  private volatile boolean ended;

  Stranger(String host, int port, Consumer<String> count, Queue<String> wrong) {
    super("stranger");
    this.host = host;
    this.port = port;
    this.count = count;
    this.wrong = wrong;
  }

  void end() throws InterruptedException {
    ended = true;
    join();
  }

  @Override
  public void run() {
    while (!ended) {
      try {
        // A literal, so that nothing is raced.
        InetAddress address = InetAddress.getByAddress(InetAddress.getByName(host).getAddress());
        try (Socket socket = new Socket(address, port)) {
          check(socket);
        }
        count.accept("stranger's");
      } catch (IOException e) {
        wrong.add("stranger: " + e);
        return;
      }
    }
  }

  private void check(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    if (!line.toString().endsWith(" " + socket.getLocalPort())) {
      wrong.add("stranger at " + socket + " was told " + line);
    }
  }
}
