package io.heagent.bench.measured;

import java.io.IOException;
import java.net.Socket;

/**
 * Arguments: host, port, times. Prints the milliseconds of each connect, look-up included. Knows
 * nothing of the agent.
 */
public final class SocketTimes {
  private SocketTimes() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[1]);
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      long begin = System.nanoTime();
      Socket socket = new Socket(args[0], port);
      System.out.println((System.nanoTime() - begin) / 1e6);
      socket.close();
    }
  }
}
