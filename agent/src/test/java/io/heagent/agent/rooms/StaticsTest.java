package io.heagent.agent.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What all of a JVM shares is owned by an object that is handed on, but for what is excused. */
class StaticsTest {
  private static final Path PROJECT = Path.of("..");

  private static final List<String> SOURCES =
      List.of(
          "engine/src/main/java",
          "dns/src/main/java",
          "agent/src/main/java",
          "agent/src/boot/java",
          "agent/src/bridge/java");

  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)\\.(\\w+)`.*");

  @Test
  void everyStaticThatChangesIsExcused() throws IOException {
    Statics statics = new Statics(SOURCES.stream().map(PROJECT::resolve).toList());
    Set<String> excused = excused();
    Set<String> gone = new TreeSet<>(excused);
    gone.removeAll(statics.all());
    assertEquals(Set.of(), gone, "excused, and not there");
    Set<String> found = statics.changing();
    found.removeAll(excused);
    assertEquals(Set.of(), found, "not in the table of docs/architecture.md");
  }

  private static Set<String> excused() throws IOException {
    Set<String> excused = new TreeSet<>();
    for (String line : Files.readAllLines(PROJECT.resolve("docs/architecture.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && line.split("\\|", -1).length == 4) {
        for (String cell : line.split("\\|", -1)[1].split("`", -1)) {
          if (cell.matches("\\w+\\.\\w+")) {
            excused.add(cell);
          }
        }
      }
    }
    return excused;
  }
}
