package io.heagent.examples;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Times one call and prints its outcome as one line. */
public final class Report {
  /** What a client does: to whom it talked and what it saw. */
  public interface Call {
    Seen run() throws Exception;
  }

  /** The peer's address and what came from it. */
  public record Seen(String address, String text) {}

  private Report() {}

  /**
   * Prints {@code ok SECONDS ADDRESS TEXT} or {@code failed SECONDS CLASS: MESSAGE} and ends the
   * JVM.
   */
  public static void print(Call call) {
    long start = System.nanoTime();
    String line;
    int exitCode;
    try {
      Seen seen = call.run();
      line = String.join(" ", "ok", seconds(start), seen.address(), oneLine(seen.text()));
      exitCode = 0;
    } catch (Exception e) {
      String message = e.getClass().getName() + ": " + oneLine(String.valueOf(e.getMessage()));
      line = String.join(" ", "failed", seconds(start), message);
      exitCode = 1;
    }
    System.out.println(line);
    System.exit(exitCode);
  }

  private static String seconds(long start) {
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
