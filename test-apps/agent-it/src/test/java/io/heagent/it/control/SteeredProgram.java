package io.heagent.it.control;

import io.heagent.it.startup.Dial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Arguments: host, port. Connects once for each line that it reads, and tells in a line what came
 * of it. It says when it has begun, and ends with its input. With a third argument, a host, a
 * thread connects to that meanwhile, for minutes, and the race has begun when the program says so.
 */
public final class SteeredProgram {
  /** Its first line: a command that comes earlier may find no agent in the JVM. */
  static final String READY = "ready";

  private static final int MINUTES_MILLIS = 300_000;

  private SteeredProgram() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (args.length > 2) {
      connectForMinutes(new InetSocketAddress(args[2], to.getPort()));
    }
    System.out.println(READY);
    while (lines.readLine() != null) {
      System.out.println(Dial.outcome(to));
    }
  }

  private static void connectForMinutes(InetSocketAddress to) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(to, MINUTES_MILLIS);
              } catch (IOException e) {
                System.out.println("failed with " + e.getClass().getSimpleName());
              }
            });
    thread.setDaemon(true);
    thread.start();
    while (Stream.of(thread.getStackTrace()).noneMatch(SteeredProgram::isOfARace)) {
      Thread.onSpinWait();
    }
  }

  private static boolean isOfARace(StackTraceElement frame) {
    return frame.getClassName().startsWith("io.heagent.agent.connect.blocking.");
  }
}
