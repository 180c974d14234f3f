package io.heagent.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.check.render.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private static Style style(boolean interactive, Charset charset, String... environment) {
    Map<String, String> variables =
        environment.length == 2
            ? Map.of(environment[0], environment[1], "TERM", "xterm")
            : Map.of("TERM", environment[0]);
    return Terminal.of(interactive, 100, charset, variables).style();
  }

  @Test
  void coloursAreForTerminalsThatKnowThem() {
    assertEquals(new Style(100, true, true), style(true, StandardCharsets.UTF_8, "xterm"));
    assertEquals(new Style(100, false, true), style(false, StandardCharsets.UTF_8, "xterm"));
    assertEquals(new Style(100, false, true), style(true, StandardCharsets.UTF_8, "dumb"));
    assertEquals(
        new Style(100, false, true),
        Terminal.of(true, 100, StandardCharsets.UTF_8, Map.of()).style());
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

  @Test
  void progressWritesOverItsLineAndCutsIt() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Progress progress = new Progress(out, true, 10);
    progress.show("looking up a name");
    progress.clear();
    new Progress(out, false, 10).show("nobody looks");
    assertEquals("\r\u001b[Klooking u\r\u001b[K", bytes.toString(StandardCharsets.UTF_8));
  }
}
