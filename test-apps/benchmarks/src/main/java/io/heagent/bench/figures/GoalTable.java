package io.heagent.bench.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The goals beside what was measured, as a table in Markdown. */
final class GoalTable {
  private GoalTable() {}

  static String of(List<Measured> everything) {
    Set<Integer> features = new TreeSet<>();
    everything.forEach(one -> features.add(one.feature()));
    StringBuilder text = new StringBuilder("| `scripts/bench` | figure | at most |");
    features.forEach(feature -> text.append(" JDK ").append(feature).append(" |"));
    text.append(" |\n| --- | --- | --- |")
        .append(" --- |".repeat(features.size()))
        .append(" --- |\n");
    for (Goal goal : Goal.ALL) {
      Group group = Group.of(goal.figure(), everything);
      List<String> cells = new ArrayList<>();
      cells.add("`" + goal.figure().command() + "`");
      cells.add(goal.what());
      cells.add(goal.limit());
      features.forEach(feature -> cells.add(goal.verdict(group, feature)));
      boolean missed = features.stream().anyMatch(feature -> goal.isMissed(group, feature));
      cells.add(
          missed ? "see [" + goal.where().replace('-', ' ') + "](#" + goal.where() + ")" : "");
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return text.toString();
  }
}
