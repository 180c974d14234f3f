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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/troubleshooting.md} has the words of every line that the agent can print. The lines
 * are found in the sources: in each file that logs, complains or makes a warning about settings,
 * every text of several words is part of one.
 */
class MessagesTest {
  private static final List<Path> SOURCES =
      List.of(Path.of("src/main/java"), Path.of("src/boot/java"));
  private static final Path DOCUMENT = Path.of("../docs/troubleshooting.md");

  private static final Pattern SPEAKS =
      Pattern.compile(
          "Log\\.(warn|warnOnce|info|debug)\\(|System\\.err|new IllegalArgumentException\\("
              + "|[mM]istake\\(|warnings\\.add\\(|Answer\\.(done|refused|wrong|failed)\\("
              + "|new (Answer|CannotAsk)\\(");

  /** What the table of settings says; docs/settings.md is printed of it. */
  private static final List<String> OTHERS = List.of("Setting.java", "HostPattern.java");

  /** A text, or what is no code: a comment, or a character that might be taken for a quote. */
  private static final Pattern TOKEN =
      Pattern.compile("(?s)\"(?:[^\"\\\\]|\\\\.)*\"|'(\\\\.|[^'\\\\])'|/\\*.*?\\*/|//[^\n]*");

  private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** What check shows on a terminal while it works. */
  private static final String PROGRESS = "what a plain connect does";

  private static final Pattern FRAYED = Pattern.compile("^[\\s();:,=]+|[\\s();:,]+$");
  private static final int SHORTEST = 12;

  @Test
  void everyLineStandsInTheDocument() throws IOException {
    String document = plain(Files.readString(DOCUMENT));
    List<String> missing = new ArrayList<>();
    int texts = 0;
    for (Path file : speaking()) {
      for (String text : texts(Files.readString(file))) {
        texts++;
        if (!document.contains(text) && !text.equals(PROGRESS)) {
          missing.add(file.getFileName() + ": " + text);
        }
      }
    }
    assertEquals("", String.join("\n", missing));
    int found = texts;
    assertTrue(found >= 60, () -> found + " texts");
  }

  private static List<Path> speaking() throws IOException {
    List<Path> speaking = new ArrayList<>();
    for (Path root : SOURCES) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          boolean speaks = SPEAKS.matcher(Files.readString(file)).find();
          if (speaks && !OTHERS.contains(file.getFileName().toString())) {
            speaking.add(file);
          }
        }
      }
    }
    return speaking;
  }

  private static List<String> texts(String source) {
    String code =
        TOKEN
            .matcher(source)
            .replaceAll(
                token ->
                    token.group().startsWith("\"") ? Matcher.quoteReplacement(token.group()) : "");
    code = JOINED.matcher(code).replaceAll("");
    List<String> texts = new ArrayList<>();
    for (Matcher text = TEXT.matcher(code); text.find(); ) {
      String words = plain(text.group(1).replace("\\\"", "\""));
      words = FRAYED.matcher(words).replaceAll("");
      if (words.length() >= SHORTEST && words.contains(" ")) {
        texts.add(words);
      }
    }
    return texts;
  }

  /** Without marks of Markdown, on one line. */
  private static String plain(String text) {
    return text.replaceAll("[`*]", "").replaceAll("\\s+", " ");
  }
}
