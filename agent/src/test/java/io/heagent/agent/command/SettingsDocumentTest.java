package io.heagent.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} is what the jar prints. */
class SettingsDocumentTest {

  @Test
  void theDocumentIsPrinted() throws IOException {
    assertEquals(Files.readString(Path.of("../docs/settings.md")), SettingsDocument.text());
  }
}
