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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code java -jar he-agent.jar} prints. */
class UsageTest {

  private static final String TEXT = Usage.text();

  @ParameterizedTest
  @EnumSource
  void listsEverySettingWithItsDefault(Setting setting) {
    String value = setting.defaultValue().isEmpty() ? "-" : setting.defaultValue();
    List<String> rows =
        TEXT.lines().filter(line -> line.startsWith("  " + setting.text() + " ")).toList();
    assertEquals(1, rows.size(), rows::toString);
    List<String> columns = List.of(rows.get(0).strip().split(" +", 3));
    assertEquals(value, columns.get(1));
    assertTrue(columns.get(2).contains(setting.meaning()), columns.get(2));
    assertTrue(columns.get(2).contains(setting.allowed()), columns.get(2));
  }

  @Test
  void theDocumentShowsIt() throws IOException {
    String document = Files.readString(Path.of("../docs/usage.md"));
    int begin = document.indexOf("$ java -jar he-agent.jar\n");
    int end = document.indexOf("\n$ ", begin + 1);
    String shown = document.substring(document.indexOf('\n', begin) + 1, end);
    assertEquals(withoutVersion(TEXT), withoutVersion(shown));
  }

  private static String withoutVersion(String text) {
    return text.replaceFirst("^he-agent [^:]+:", "he-agent VERSION:");
  }

  @Test
  void namesTheWayToGiveThemAndTheSwitch() {
    assertTrue(TEXT.contains(Setting.DELAY.property()));
    assertTrue(TEXT.contains(Setting.DELAY.environment()));
    assertTrue(TEXT.contains("heagent.enabled=false"));
  }

  /** An example must not give a warning to somebody who copies it. */
  @Test
  void itsExamplesAreRight() {
    List<String> examples =
        TEXT.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("-javaagent:he-agent.jar="))
            .map(line -> line.split(" ", 2)[0].split("=", 2)[1])
            .toList();
    assertEquals(2, examples.size(), examples::toString);
    for (String example : examples) {
      assertEquals(
          List.of(), new SettingsReader(new Properties(), Map.of()).read(example).warnings());
    }
  }
}
