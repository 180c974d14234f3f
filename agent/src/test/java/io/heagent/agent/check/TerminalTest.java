package io.heagent.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.check.render.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

  private static Style style(boolean interactive, Charset charset, String... environment) {
    Map<String, String> variables =
        environment.length == 2
            ? Map.of(environment[0], environment[1], "TERM", "xterm")
            : Map.of("TERM", environment[0]);
    return Terminal.of(interactive, interactive, 100, charset, variables).style();
  }

  @Test
  void coloursAreForTerminalsThatKnowThem() {
    assertEquals(new Style(100, true, true), style(true, StandardCharsets.UTF_8, "xterm"));
    assertEquals(new Style(100, false, true), style(false, StandardCharsets.UTF_8, "xterm"));
    assertEquals(new Style(100, false, true), style(true, StandardCharsets.UTF_8, "dumb"));
    assertEquals(
        new Style(100, false, true),
        Terminal.of(true, true, 100, StandardCharsets.UTF_8, Map.of()).style());
  }

  @Test
  void noColorIsHonouredUnlessItIsEmpty() {
    assertEquals(new Style(100, false, true), style(true, StandardCharsets.UTF_8, "NO_COLOR", "1"));
    assertEquals(new Style(100, true, true), style(true, StandardCharsets.UTF_8, "NO_COLOR", ""));
  }

  @Test
  void linesAndDotsAreForEncodingsThatHaveThem() {
    assertEquals(new Style(100, true, false), style(true, StandardCharsets.US_ASCII, "xterm"));
    assertEquals(new Style(100, true, false), style(true, StandardCharsets.ISO_8859_1, "xterm"));
  }

  /** It is printed on stderr, and clears its line. */
  @Test
  void progressIsForATerminalBehindStderr() {
    Map<String, String> xterm = Map.of("TERM", "xterm");
    Charset utf8 = StandardCharsets.UTF_8;
    assertTrue(Terminal.of(true, true, 100, utf8, xterm).progress());
    assertTrue(Terminal.of(false, true, 100, utf8, xterm).progress(), "2 is a terminal, 1 a file");
    assertFalse(Terminal.of(true, false, 100, utf8, xterm).progress(), "2>file");
    assertFalse(Terminal.of(true, true, 100, utf8, Map.of("TERM", "dumb")).progress());
    assertFalse(Terminal.of(true, true, 100, utf8, Map.of()).progress());
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/pts/0, true",
    "/dev/tty1, true",
    "/dev/console, true",
    "/dev/null, false",
    "/tmp/dev/pts/0, false",
    "pipe:[4711], false"
  })
  void aTerminalIsKnownByItsDevice(String file, boolean terminal) {
    assertEquals(terminal, Terminal.isDevice(file));
  }

  @Test
  void aNarrowTerminalHasItsOwnWidthForProgress() {
    for (int width = 1; width < 60; width++) {
      assertEquals(width, Terminal.of(true, true, width, StandardCharsets.UTF_8, Map.of()).width());
    }
  }

  @Test
  void progressWritesOverItsLineAndCutsIt() {
    Progress progress = progress(10);
    progress.show("looking up a name");
    progress.clear();
    new Progress(out, false, 10).show("nobody looks");
    assertEquals("\r\u001b[Klooking u\r\u001b[K", bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void onlyWhatIsShownIsCleared() {
    Progress progress = progress(10);
    progress.clear();
    assertEquals("", bytes.toString(StandardCharsets.UTF_8));
    progress.show("x");
    progress.clear();
    progress.clear();
    assertEquals("\r\u001b[Kx\r\u001b[K", bytes.toString(StandardCharsets.UTF_8));
  }

  /** A check that is wrong or broken says so on a line of its own. */
  @Test
  void aComplaintBeginsWithoutProgress() {
    Terminal terminal =
        Terminal.of(true, true, 80, StandardCharsets.UTF_8, Map.of("TERM", "xterm"));
    Check check = new Check(out, out, terminal);
    check.progress.show("www.test: looking up");
    check.complain("has failed");
    assertEquals(
        "\r\u001b[Kwww.test: looking up\r\u001b[K[he-agent] check: has failed\n",
        bytes.toString(StandardCharsets.UTF_8));
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private Progress progress(int width) {
    return new Progress(out, true, width);
  }
}
