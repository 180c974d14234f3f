package io.heagent.agent.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.Setting;
import io.heagent.agent.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README tells the truth about the settings. */
class ReadmeTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9-]+)` \\| (?:`([^`]*)`)? ?\\| .*");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?:'-javaagent:he-agent\\.jar=([^']+)'|-javaagent:he-agent\\.jar=(\\S+))");

  private static List<String> lines() throws IOException {
    return Files.readAllLines(Path.of("../README.md"));
  }

  @Test
  void theTableIsThatOfTheSettings() throws IOException {
    Map<String, String> told = new TreeMap<>();
    for (String line : lines()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        told.put(row.group(1), row.group(2) == null ? "" : row.group(2));
      }
    }
    Map<String, String> settings = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      settings.put(setting.text(), setting.defaultValue());
    }
    assertEquals(settings, told);
  }

  /** An example must not give a warning to somebody who copies it. */
  @Test
  void itsExamplesAreRight() throws IOException {
    int examples = 0;
    for (String line : lines()) {
      for (Matcher example = EXAMPLE.matcher(line); example.find(); examples++) {
        String arguments = example.group(1) == null ? example.group(2) : example.group(1);
        if (!arguments.startsWith("SETTING")) {
          assertEquals(
              List.of(),
              new SettingsReader(new Properties(), Map.of()).read(arguments).warnings(),
              arguments);
        }
      }
    }
    assertTrue(examples >= 5, () -> "examples found");
  }
}
