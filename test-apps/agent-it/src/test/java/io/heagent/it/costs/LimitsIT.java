package io.heagent.it.costs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The file of the limits is complete, and tells the reason for each. */
@Tag("jvm")
class LimitsIT {
  @Test
  void everyLimitIsUsedAndNoneIsMissing() throws IOException {
    Set<String> used = new TreeSet<>();
    for (CostLimits limit : CostLimits.values()) {
      assertTrue(limit.most() >= 0, limit::name);
      used.add(limit.key());
    }
    Set<String> there = new TreeSet<>();
    for (String line : Files.readAllLines(CostLimits.FILE)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        there.add(line.replaceFirst("(\\.(jdk17|later))?=\\d+$", ""));
      }
    }
    assertEquals(used, there);
  }

  /** A comment stands above each group of limits. */
  @Test
  void everyLimitHasItsReason() throws IOException {
    List<String> without = new ArrayList<>();
    String before = "";
    for (String line : Files.readAllLines(CostLimits.FILE)) {
      if (!line.isBlank() && !line.startsWith("#") && before.isBlank()) {
        without.add(line);
      }
      before = line;
    }
    assertEquals(List.of(), without);
  }
}
