package io.heagent.agent.check;

import io.heagent.agent.check.render.Style;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Describes where the output goes.
 *
 * @param progress whether somebody looks at stderr now, on a terminal that can clear a line
 * @param width the width in columns
 * @param charset the encoding of stdout
 * @param style what stdout can show
 */
record Terminal(boolean progress, int width, Charset charset, Style style) {

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
    return of(interactive, isStderr(interactive), width, encoding(), environment);
  }

  /**
   * NO_COLOR applies unless it is empty (no-color.org).
   *
   * @param interactive whether stdout is a terminal
   * @param watched whether stderr is one
   */
  static Terminal of(
      boolean interactive,
      boolean watched,
      int width,
      Charset charset,
      Map<String, String> environment) {
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean unicode = charset.canEncode() && charset.newEncoder().canEncode(SAMPLE);
    Style style = new Style(width, interactive && !plain, unicode);
    return new Terminal(watched && !dumb, width, charset, style);
  }

  /**
   * Whether stderr is a terminal. Java's console tells it of stdin and stdout only.
   *
   * @param unknown the answer where the system cannot be asked
   */
  private static boolean isStderr(boolean unknown) {
    try {
      return isDevice(Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString());
    } catch (IOException | UnsupportedOperationException noLinux) {
      return unknown;
    }
  }

  /** Whether a file is the device of a terminal. */
  static boolean isDevice(String file) {
    return file.startsWith("/dev/pts/")
        || file.startsWith("/dev/tty")
        || file.equals("/dev/console");
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
