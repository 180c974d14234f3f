package io.heagent.it.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Each command of {@code docs/check.md} prints what stands there, but for times and the lengths of
 * bars, and ends with the exit code that stands there, 0 where none does.
 */
@Tag("jvm")
@Tag("one-jdk")
class CheckDocumentIT {
  private static final Path DOCUMENT = Path.of("../../docs/check.md");
  private static final String PROMPT = "$ ";
  private static final String CHECK = PROMPT + "java -jar he-agent.jar check ";

  /** In an example whose name comes from a DNS server: {@code DnsIT} runs it. */
  private static final String BY_DNS = "--resolve";

  private static final String EXIT_CODE = PROMPT + "echo $?";
  private static final String PICTURE = "race.svg";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private static CheckLab lab;

  /** A command, what is printed, and its exit code. */
  private record Example(String command, List<String> printed, int exitCode) {}

  @BeforeAll
  static void open() throws IOException {
    lab = CheckLab.open();
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> printsWhatTheDocumentShows() throws IOException {
    List<Example> examples = examples();
    assertTrue(examples.size() >= 9, () -> examples.size() + " examples");
    return examples.stream()
        .map(example -> dynamicTest(example.command, () -> assertPrinted(example)));
  }

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> lines = Files.readAllLines(DOCUMENT);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(CHECK) && !lines.get(i).contains(BY_DNS)) {
        String command = lines.get(i).substring(CHECK.length());
        List<String> printed = new ArrayList<>();
        while (!lines.get(i + 1).startsWith(PROMPT) && !lines.get(i + 1).equals("```")) {
          printed.add(lines.get(++i));
        }
        boolean told = lines.get(i + 1).equals(EXIT_CODE);
        int exitCode = told ? Integer.parseInt(lines.get(i + 2)) : 0;
        examples.add(new Example(command, printed, exitCode));
      }
    }
    return examples;
  }

  private static void assertPrinted(Example example) throws Exception {
    try (TempDirectory directory = TempDirectory.create("check")) {
      Path picture = directory.path().resolve(PICTURE);
      List<String> arguments =
          words(example.command).stream()
              .map(word -> word.equals(PICTURE) ? picture.toString() : word)
              .toList();
      Outcome outcome = lab.check(arguments);
      assertEquals(
          String.join("\n", lab.form(String.join("\n", example.printed))),
          String.join("\n", lab.form(outcome.stdout() + outcome.stderr())));
      assertEquals(example.exitCode, outcome.exitCode());
      if (arguments.contains(picture.toString())) {
        assertTrue(Files.readString(picture).startsWith("<svg "));
      }
    }
  }

  /** As a shell would part them. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(command); word.find(); ) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }
}
