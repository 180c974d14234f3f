package io.heagent.agent.check;

import io.heagent.agent.check.render.Style;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Describes where the output goes.
 *
 * @param interactive whether somebody looks at it now, so that progress is shown
 * @param charset its encoding
 * @param style what it can show
 */
record Terminal(boolean interactive, Charset charset, Style style) {

  private static final int DEFAULT_WIDTH = 80;
  private static final char SAMPLE = '\u2501';

  /** The launcher sets the first property since JDK 19; older versions set one of the others. */
  private static final String[] ENCODINGS = {
    "stdout.encoding", "sun.stdout.encoding", "native.encoding"
  };

  /** Asks the system. */
  static Terminal ofThisProcess() {
    boolean interactive = isTerminal(System.console());
    Map<String, String> environment = System.getenv();
    int width = width(environment.get("COLUMNS"), interactive);
    return of(interactive, width, encoding(), environment);
  }

  /** NO_COLOR applies unless it is empty (no-color.org). */
  static Terminal of(
      boolean interactive, int width, Charset charset, Map<String, String> environment) {
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean unicode = charset.canEncode() && charset.newEncoder().canEncode(SAMPLE);
    return new Terminal(interactive, charset, new Style(width, interactive && !plain, unicode));
  }

  /** Since JDK 22 there may be a console without a terminal. */
  private static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException older) {
      return true;
    }
  }

  private static Charset encoding() {
    for (String property : ENCODINGS) {
      String name = System.getProperty(property);
      if (name != null && Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    }
    return Charset.defaultCharset();
  }

  private static int width(String columns, boolean interactive) {
    int given = number(columns);
    if (given > 0) {
      return given;
    }
    int asked = interactive ? number(lastWord(askTerminal())) : 0;
    return asked > 0 ? asked : DEFAULT_WIDTH;
  }

  /**
   * Java cannot tell the size of a terminal, so this runs {@code stty size}, which prints rows and
   * columns.
   */
  private static String askTerminal() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      try (InputStream in = process.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      }
    } catch (IOException noSuchProgram) {
      return "";
    }
  }

  private static String lastWord(String text) {
    String words = text.strip();
    return words.substring(words.lastIndexOf(' ') + 1);
  }

  /** A number of up to four digits; 0 for any other text. */
  private static int number(String text) {
    return text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }
}
