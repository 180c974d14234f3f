package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/compatibility.md} tells the truth: what it says to work has tests, each of which
 * exists, and all else is said not to have been tried.
 */
class CompatibilityTest {
  private static final Path DOCUMENT = Path.of("../docs/compatibility.md");
  private static final String NOT_TRIED = "| not tried |";

  @Test
  void eachRowHasTestsThatExistOrSaysThatNobodyHasTried() throws IOException {
    List<String> wrong = new ArrayList<>();
    int tests = 0;
    for (String line : Files.readAllLines(DOCUMENT)) {
      boolean shown = false;
      for (Matcher named = TrapsTest.NAMED.matcher(line); named.find(); tests++) {
        shown = true;
        if (!TrapsTest.exists(named.group(1), named.group(2), named.group(3))) {
          wrong.add(named.group());
        }
      }
      boolean isRow = line.startsWith("| ") && !line.startsWith("| with ");
      if (isRow && !line.startsWith("| ---") && shown == line.endsWith(NOT_TRIED)) {
        wrong.add(line);
      }
    }
    assertEquals("", String.join("\n", wrong));
    int found = tests;
    assertTrue(found >= 25, () -> found + " tests");
  }
}
