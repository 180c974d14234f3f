package io.heagent.bench.measured;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/**
 * Arguments: a host, or "loopback" for the JDK's own loopback address; a port where nobody listens;
 * connects. Connects that often in vain, first by {@code SocketChannel.open(address)}, then by a
 * {@code Socket}, each {@value #WARM_UPS} times before it is measured; prints the two times of one
 * connect in microseconds. Knows nothing of the agent.
 */
public final class RefusedLoop {

  private static final int WARM_UPS = 3;

  private RefusedLoop() {}

  private interface Connect {
    void run() throws IOException;
  }

  public static void main(String[] args) throws IOException {
    InetAddress address =
        args[0].equals("loopback")
            ? InetAddress.getLoopbackAddress()
            : InetAddress.getByName(args[0]);
    InetSocketAddress to = new InetSocketAddress(address, Integer.parseInt(args[1]));
    int connects = Integer.parseInt(args[2]);
    double channel = micros(() -> SocketChannel.open(to).close(), connects);
    double socket = micros(() -> connect(to), connects);
    System.out.println(channel + " " + socket);
  }

  private static void connect(InetSocketAddress to) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to, 5_000);
    }
  }

  private static double micros(Connect connect, int connects) throws IOException {
    double last = 0;
    for (int i = 0; i <= WARM_UPS; i++) {
      long start = System.nanoTime();
      for (int k = 0; k < connects; k++) {
        try {
          connect.run();
          throw new IllegalStateException("somebody listens");
        } catch (ConnectException refused) {
          // As it should be.
        }
      }
      last = (System.nanoTime() - start) / 1_000.0 / connects;
    }
    return last;
  }
}
