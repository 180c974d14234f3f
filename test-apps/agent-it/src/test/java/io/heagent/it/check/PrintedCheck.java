package io.heagent.it.check;

import java.util.List;

/** What a check has printed, without what differs from run to run. */
public final class PrintedCheck {
  /** The port that the document writes. */
  public static final String PORT = "8443";

  private PrintedCheck() {}

  /** Lines without times, the lengths of bars, and the port. */
  public static List<String> form(String text, int port) {
    return text.lines().map(line -> formOfLine(line, port)).toList();
  }

  private static String formOfLine(String line, int port) {
    return line.replace(":" + port, ":" + PORT)
        .replaceAll("\"port\": \\d+", "\"port\": PORT")
        .replaceAll("illis\": \\d+\\.\\d+", "illis\": N")
        .replaceAll("\\d+(\\.\\d+)?(/\\d+(\\.\\d+)?)*( to \\d+(\\.\\d+)?)? ms", "N ms")
        .replaceAll("^ *ms( +[\\d.]+)+$", "AXIS")
        .replaceAll("no address after N ms \\(.*\\)", "no address after N ms (WHY)")
        .replaceAll("[\u2504\u2501]+", "")
        .replaceAll(" +", " ");
  }
}
