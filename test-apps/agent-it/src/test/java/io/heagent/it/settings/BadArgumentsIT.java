package io.heagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each mistake costs one line that names it; the program runs, raced. */
@Tag("jvm")
@Tag("one-jdk")
class BadArgumentsIT extends StartCase {
  private static final String ALLOWED = " (agent arguments) is not allowed: ";

  @Test
  void everySettingHasItsLine() throws Exception {
    List<String> mistakes =
        List.of(
            "delay=0",
            "first-family-count=9",
            "order=random",
            "max-in-flight=0",
            "mode=maybe",
            "unresolved=",
            "log=loud",
            "adoption=dance");
    List<String> lines =
        linesBeside(PLAIN + "\n", dial(lab.agent(String.join(",", mistakes) + ",,")));
    assertEquals(mistakes.size(), lines.size(), lines::toString);
    for (int i = 0; i < mistakes.size(); i++) {
      assertStarts("[he-agent] " + mistakes.get(i) + ALLOWED, lines.get(i));
    }
    assertTrue(lines.get(0).endsWith("; delay=250ms applies"), lines.get(0));
    // Somebody who sets mode to an unknown value wants something else than races.
    assertTrue(lines.get(4).endsWith("; mode=off applies"), lines.get(4));
  }

  /**
   * Nobody can know which hosts the setting was to leave alone, so it is only safe to race none.
   */
  @Test
  void exceptionThatCannotBeReadLeavesEveryHostAlone() throws Exception {
    List<String> lines = linesBeside(PLAIN + "\n", dial(lab.agent("except=a b")));
    assertEquals(1, lines.size(), lines::toString);
    assertStarts("[he-agent] except=a b" + ALLOWED, lines.get(0));
    assertTrue(lines.get(0).endsWith("so no host is raced"), lines.get(0));
  }

  @Test
  void unknownNames() throws Exception {
    List<String> lines =
        linesBeside(
            RACED + "\n",
            dial(
                lab.agent("dely=1s")
                    .flags("-Dheagent.dealy=1s")
                    .environment("HEAGENT_DELAI", "1s")));
    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.get(0).endsWith("(did you mean heagent.delay?)"), lines.get(0));
    assertTrue(lines.get(1).endsWith("(did you mean HEAGENT_DELAY?)"), lines.get(1));
    assertTrue(lines.get(2).endsWith("(did you mean delay?)"), lines.get(2));
  }

  @Test
  void hostThatIsNoneMatchesNothing() throws Exception {
    List<String> lines = linesBeside(PLAIN + "\n", dial(lab.agent("host=")));
    assertEquals(1, lines.size(), lines::toString);
    assertStarts("[he-agent] host=" + ALLOWED, lines.get(0));
  }

  @Test
  void configFileThatCannotBeUsed() throws Exception {
    try (TempDirectory directory = TempDirectory.create("config")) {
      Path file = directory.path().resolve("none");
      assertEquals(
          List.of(
              "[he-agent] config=" + file + " does not exist; the settings in it are not applied"),
          linesBeside(RACED + "\n", dial(lab.agent("config=" + file))));
    }
  }

  @Test
  void configFileOfNoise() throws Exception {
    byte[] noise = new byte[60 << 10];
    new Random(1).nextBytes(noise);
    try (TempDirectory directory = TempDirectory.create("config")) {
      Path file = Files.write(directory.path().resolve("noise"), noise);
      List<String> lines = linesBeside(RACED + "\n", dial(lab.agent("config=" + file)));
      assertEquals(11, lines.size(), lines::toString);
      assertTrue(
          lines.get(10).matches("\\[he-agent\\] and [0-9]+ more settings .*"), lines.get(10));
      lines.forEach(line -> assertTrue(line.length() < 500, line));
    }
  }

  private static void assertStarts(String start, String line) {
    assertTrue(line.startsWith(start), line);
  }
}
