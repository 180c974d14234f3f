package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/traps.md} tells the truth: every trap has tests, and each of them exists. */
class TrapsTest {
  private static final Path PROJECT = Path.of("..");
  static final Pattern NAMED = Pattern.compile("`([a-z.]+)\\.([A-Z]\\w+)\\.(\\w+)`");
  private static final Pattern EXCUSED = Pattern.compile(" \\((?:kernel|JVM|Netty)\\)$");
  private static final Pattern TEST =
      Pattern.compile(
          "@(Test|TestFactory|ParameterizedTest|Property)\\b[^{};]*(\\{[^{}]*\\}[^{};]*)*\\s%s\\(");

  @Test
  void everyTrapHasTestsThatExist() throws IOException {
    List<String> wrong = new ArrayList<>();
    int traps = 0;
    for (String line : Files.readAllLines(PROJECT.resolve("docs/traps.md"))) {
      if (!line.startsWith("| ") || line.startsWith("| trap ") || line.startsWith("| --- ")) {
        continue;
      }
      traps++;
      int tests = 0;
      for (Matcher named = NAMED.matcher(line); named.find(); tests++) {
        if (!exists(named.group(1), named.group(2), named.group(3))) {
          wrong.add(named.group());
        }
      }
      if (tests == 0) {
        wrong.add(line);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(traps >= 30, traps + " traps");
  }

  /**
   * A trap is met on the virtual clock, where its outcome is exact, or its row says what it cannot
   * be met without.
   */
  @Test
  void everyTrapHasAUnitTestOrSaysWhatItNeeds() throws IOException {
    List<String> without = new ArrayList<>();
    List<String> needless = new ArrayList<>();
    for (String line : Files.readAllLines(PROJECT.resolve("docs/traps.md"))) {
      String trap = line.startsWith("| ") ? line.split(" \\| ", -1)[0] : "";
      boolean excused = EXCUSED.matcher(trap).find();
      boolean unit = false;
      int tests = 0;
      for (Matcher named = NAMED.matcher(line); named.find(); tests++) {
        unit |= isOnTheVirtualClock(named.group(1), named.group(2));
      }
      if (tests > 0 && excused == unit) {
        (unit ? needless : without).add(trap);
      }
    }
    assertEquals(List.of(), without, "no unit test, and no word for what it needs");
    assertEquals(List.of(), needless, "a unit test in spite of what it is said to need");
  }

  private static boolean isOnTheVirtualClock(String of, String type) throws IOException {
    for (String module : List.of("engine", "agent")) {
      Path source = PROJECT.resolve(module).resolve(file(of, type));
      if (Files.exists(source)) {
        return !Files.readString(source).contains("@Tag(\"");
      }
    }
    return false;
  }

  private static String file(String of, String type) {
    return "src/test/java/io/heagent/" + of.replace('.', '/') + "/" + type + ".java";
  }

  static boolean exists(String of, String type, String method) throws IOException {
    for (String module : List.of("engine", "agent", "test-apps/testkit", "test-apps/agent-it")) {
      Path source = PROJECT.resolve(module).resolve(file(of, type));
      if (Files.exists(source)) {
        String pattern = TEST.pattern().replace("%s", method);
        return Pattern.compile(pattern).matcher(Files.readString(source)).find();
      }
    }
    return false;
  }
}
