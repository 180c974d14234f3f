package io.heagent.it.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command on a terminal, which util-linux's {@code script} makes. */
@Tag("jvm")
@Tag("one-jdk")
class TerminalIT {
  private static final int COLUMNS = 132;
  private static final String ESCAPE = "\u001b";
  private static final String CLEARED = "\r\u001b[K";
  private static final List<String> ARGUMENTS = List.of("--timeout", "2s", "www.test:8443");

  private static CheckLab lab;

  @BeforeAll
  static void open() throws Exception {
    assumeTrue(CheckLab.hasTerminal(), "no script of util-linux");
    lab = CheckLab.open();
  }

  @AfterAll
  static void close() throws IOException {
    if (lab != null) {
      lab.close();
    }
  }

  /** As wide as the terminal says, coloured, and with progress that is gone at the end. */
  @Test
  void aTerminalHasWidthColourAndProgress() throws Exception {
    String text = lab.onTerminal("xterm", COLUMNS, "", ARGUMENTS);
    assertTrue(text.contains(CLEARED + "www.test:"), text);
    assertTrue(text.contains(": looking up" + CLEARED), text);
    assertTrue(text.contains(CLEARED + ESCAPE + "[1mwww.test:"), text);
    assertTrue(text.contains(ESCAPE + "[32m"), text);
    int widest =
        text.replaceAll(ESCAPE + "\\[[0-9;]*[mK]", "")
            .lines()
            .filter(line -> line.matches(" {2}(look-up|\\d) .* from .*"))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    assertEquals(COLUMNS, widest, text);
  }

  @Test
  void aFileBehindStderrGetsNoEscapes() throws Exception {
    try (TempDirectory directory = TempDirectory.create("terminal")) {
      Path file = directory.path().resolve("stderr");
      String text = lab.onTerminal("xterm", COLUMNS, "2>" + file, ARGUMENTS);
      assertEquals("", Files.readString(file));
      assertFalse(text.contains(CLEARED), text);
      assertTrue(text.contains(ESCAPE + "[32m"), text);
    }
  }

  @Test
  void progressIsAlsoForAFileBehindStdout() throws Exception {
    String text = lab.onTerminal("xterm", COLUMNS, ">/dev/null", ARGUMENTS);
    assertTrue(text.contains(": looking up" + CLEARED), text);
    assertTrue(text.endsWith(CLEARED), text);
  }

  @Test
  void aTerminalThatKnowsNoEscapesGetsNone() throws Exception {
    String text = lab.onTerminal("dumb", COLUMNS, "", ARGUMENTS);
    assertFalse(text.contains(ESCAPE), text);
    assertTrue(text.startsWith("www.test:"), text);
  }
}
