package io.heagent.it.control;

import io.heagent.it.startup.Dial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Arguments: host, port. Connects once for each line that it reads, and tells in a line what came
 * of it. It says when it has begun, and ends with its input.
 */
public final class SteeredProgram {
  /** Its first line: a command that comes earlier may find no agent in the JVM. */
  static final String READY = "ready";

  private SteeredProgram() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println(READY);
    while (lines.readLine() != null) {
      System.out.println(Dial.outcome(to));
    }
  }
}
