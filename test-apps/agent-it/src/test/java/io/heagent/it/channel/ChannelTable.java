package io.heagent.it.channel;

import io.heagent.it.lab.Facts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each path saw in each scenario: the address that answered, or the error, and how often
 * select returned.
 */
final class ChannelTable {
  private static final int NAME = 30;
  private static final int CELL = 20;

  private final Map<String, StringBuilder> rows = new LinkedHashMap<>();

  ChannelTable() {
    StringBuilder head = row("path (returns of select)");
    for (ChannelScenario scenario : ChannelScenario.possible()) {
      head.append(pad(scenario.name(), CELL));
    }
  }

  void add(String run, ChannelPath path, Facts facts) {
    String error = facts.get("error");
    String end = facts.get("served");
    if (!error.isEmpty()) {
      end = error.substring(error.lastIndexOf('.') + 1).replace("Exception", "");
    } else if (end.isEmpty()) {
      end = "pending";
    }
    String returns = facts.has("returns") ? " (" + facts.get("returns") + ")" : "";
    row(run + " " + path).append(pad(end + returns, CELL));
  }

  private StringBuilder row(String name) {
    return rows.computeIfAbsent(name, n -> new StringBuilder(pad(n, NAME)));
  }

  private static String pad(String text, int width) {
    String cut = text.length() < width ? text : text.substring(0, width - 1);
    return String.format("%-" + width + "s", cut);
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), rows.values());
  }
}
