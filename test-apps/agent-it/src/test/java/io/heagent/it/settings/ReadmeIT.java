package io.heagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.startup.StartCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lines that the README shows are those that the agent prints, but for names and times. */
@Tag("jvm")
@Tag("one-jdk")
class ReadmeIT extends StartCase {
  private static final Path README = Path.of("../../README.md");

  @Test
  void printsWhatTheReadmeShows() throws Exception {
    List<String> shown =
        Files.readAllLines(README).stream().filter(line -> line.startsWith("[he-agent] ")).toList();
    List<String> printed = linesBeside(RACED + "\n", dial(lab.agent("log=debug")));
    assertEquals(
        shown.stream().map(ReadmeIT::form).toList(), printed.stream().map(ReadmeIT::form).toList());
  }

  /** Without what differs from machine to machine. */
  private static String form(String line) {
    return line.replaceFirst("^\\[he-agent\\] \\S+ \\(premain", "[he-agent] VERSION (premain")
        .replaceFirst("adoption=dup, .*", "adoption=dup, JVM")
        .replaceFirst("^\\[he-agent\\] \\S+:\\d+ \\(", "[he-agent] HOST:PORT (")
        .replaceAll("127(\\.\\d+){3}", "ADDRESS")
        .replaceAll("\\b\\d+ ms", "N ms");
  }
}
