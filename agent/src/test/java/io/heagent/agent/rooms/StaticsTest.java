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

  /** A field that can be written, or whose type is there to be changed. */
  private static final Pattern STATE =
      Pattern.compile(
          "\\bstatic (?:"
              + "(?!final |class |interface |enum |record |abstract )(?:volatile )?[\\w<>\\[\\], .?]+"
              + "|final (?:ThreadLocal|Atomic\\w+(?<!Updater)|EventLoop)\\b[\\w<>\\[\\], .?]*"
              + "|final (?=[^;()]*= (?:new \\w*(?:Map|Set|List|Queue|Deque)\\b|\\w+\\.newKeySet))"
              + "[\\w<>\\[\\], .?]+"
              + ") (\\w+)(?:;| =)");

  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)\\.(\\w+)`.*");

  @Test
  void everyStaticThatChangesIsExcused() throws IOException {
    Set<String> found = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    for (String root : SOURCES) {
      for (Path file : Rooms.javaFiles(PROJECT.resolve(root))) {
        String name = file.getFileName().toString().replace(".java", "");
        String text = Files.readString(file).replaceAll("\\s+", " ");
        for (Matcher matcher = STATE.matcher(text); matcher.find(); ) {
          found.add(name + "." + matcher.group(1));
        }
        for (Matcher any = Pattern.compile("\\bstatic [^;(]*?(\\w+)(?:;| =)").matcher(text);
            any.find(); ) {
          all.add(name + "." + any.group(1));
        }
      }
    }
    Set<String> excused = excused();
    Set<String> gone = new TreeSet<>(excused);
    gone.removeAll(all);
    assertEquals(Set.of(), gone, "excused, and not there");
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
