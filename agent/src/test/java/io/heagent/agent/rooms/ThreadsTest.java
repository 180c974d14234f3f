package io.heagent.agent.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of threads in docs/how-it-works.md names those that the agent's code names. */
class ThreadsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern IN_CODE = Pattern.compile("\"(he-agent-[a-z-]*[a-z])\"");
  private static final Pattern IN_TABLE = Pattern.compile("`(he-agent-[a-z-]*[a-z])(?:-1)?`");

  @Test
  void eachThreadIsInTheTable() throws IOException {
    Set<String> inCode = new TreeSet<>();
    for (Path file : Rooms.javaFiles(PROJECT.resolve("agent/src/main/java"))) {
      addAll(IN_CODE, Files.readString(file), inCode);
    }
    Set<String> inTable = new TreeSet<>();
    for (String line : Files.readAllLines(PROJECT.resolve("docs/how-it-works.md"))) {
      if (line.startsWith("| ")) {
        addAll(IN_TABLE, line.substring(0, line.indexOf('|', 1)), inTable);
      }
    }
    assertEquals(inCode, inTable);
    assertTrue(inCode.size() > 5, inCode.toString());
  }

  private static void addAll(Pattern pattern, String text, Set<String> names) {
    for (Matcher named = pattern.matcher(text); named.find(); ) {
      names.add(named.group(1));
    }
  }
}
