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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file has at most 200 lines of code, but for those that docs/architecture.md gives a reason. */
class LongFilesTest {
  private static final Path PROJECT = Path.of("..");
  private static final int MOST_LINES = 200;

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern NO_CODE = Pattern.compile("\\s*(//.*)?|(import|package) .*");
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| .{20,} \\|");

  @Test
  void eachLongFileHasAReason() throws IOException {
    Set<String> unexcused = new TreeSet<>();
    Set<String> excused = excused();
    for (String root :
        List.of(
            "engine/src/main/java",
            "dns/src/main/java",
            "agent/src/main/java",
            "agent/src/boot/java",
            "agent/src/bridge/java",
            "test-apps/testkit/src/main/java",
            "test-apps/examples/src/main/java",
            "test-apps/agent-it/src/main/java",
            "test-apps/benchmarks/src/main/java")) {
      for (Path file : Rooms.javaFiles(PROJECT.resolve(root))) {
        long lines = linesOfCode(file);
        String name = file.getFileName().toString().replace(".java", "");
        if (lines > MOST_LINES && !excused.contains(name)) {
          unexcused.add(name + ": " + lines + " lines of code");
        }
      }
    }
    assertEquals(Set.of(), unexcused, "part them, or say in docs/architecture.md why not");
  }

  private static long linesOfCode(Path file) throws IOException {
    Stream<String> lines = COMMENT.matcher(Files.readString(file)).replaceAll("").lines();
    return lines.filter(line -> !NO_CODE.matcher(line).matches()).count();
  }

  private static Set<String> excused() throws IOException {
    Set<String> names = new TreeSet<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(PROJECT.resolve("docs/architecture.md"))) {
      inTable = line.startsWith("#") ? line.equals("## Long files") : inTable;
      Matcher row = ROW.matcher(line);
      if (inTable && row.matches()) {
        names.add(row.group(1));
      }
    }
    return names;
  }
}
