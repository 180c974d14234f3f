package io.heagent.it.containers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Arguments: a name, a port, how many connects, the connect timeout and the pause between two of
 * them, in milliseconds. Connects as most programs do, one connect after the other, and prints
 * {@code ok MILLISECONDS SERVER} or {@code failed MILLISECONDS EXCEPTION} for each.
 */
public final class RepeatedConnects {
  private RepeatedConnects() {}

  public static void main(String[] args) throws InterruptedException {
    int port = Integer.parseInt(args[1]);
    int count = Integer.parseInt(args[2]);
    int timeout = Integer.parseInt(args[3]);
    int pause = Integer.parseInt(args[4]);
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      String outcome;
      try {
        outcome = "ok %d " + served(args[0], port, timeout);
      } catch (IOException e) {
        outcome = "failed %d " + e.getClass().getSimpleName();
      }
      System.out.printf(outcome + "%n", (System.nanoTime() - start) / 1_000_000);
      Thread.sleep(pause);
    }
    System.out.println("done");
  }

  private static String served(String host, int port, int timeout) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), timeout);
      socket.setSoTimeout(timeout);
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }
}
