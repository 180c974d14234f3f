package io.heagent.bench.measured;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Argument: a port of this host to connect to first, or 0. Prints how many kilobytes of this JVM
 * are in memory, as the kernel says. Knows nothing of the agent.
 */
public final class Resident {
  private static final String WORD = "VmRSS:";

  private Resident() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    if (port != 0) {
      new Socket("localhost", port).close();
    }
    try (InputStream in = new FileInputStream("/proc/self/status")) {
      String status = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      int at = status.indexOf(WORD) + WORD.length();
      System.out.print(status.substring(at, status.indexOf(" kB", at)).strip());
    }
  }
}
