package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tags of the tests are as CONTRIBUTING says: {@code mvn test} runs no test that opens a socket
 * or sleeps, and each test of the finished agent is of exactly one kind.
 */
class TagsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern REAL =
      Pattern.compile(
          "new (Server)?Socket\\(|SocketChannel\\.open\\(|Selector\\.open\\(|Thread\\.sleep\\("
              + "|ForkedJvm\\.on|new Rig\\(|new Loopback\\(");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"(socket|jvm|netns|containers)\"\\)");
  private static final Pattern ANY_TAG = Pattern.compile("@Tag\\(\"([^\"]+)\"\\)");
  private static final Pattern CLASS_TAG = Pattern.compile("\n" + TAG.pattern());

  @Test
  void whatIsRealHasATag() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Path file : tests("Test.java")) {
      String text = Files.readString(file).replaceAll("\"[^\"]*\"", "\"\"");
      if (REAL.matcher(text).find() && !TAG.matcher(Files.readString(file)).find()) {
        wrong.add(file.getFileName().toString());
      }
    }
    assertEquals(Set.of(), wrong, "tests on real sockets, in real time or in forked JVMs");
  }

  @Test
  void eachTestOfTheFinishedAgentIsOfOneKind() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Path file : tests("IT.java")) {
      if (CLASS_TAG.matcher(Files.readString(file)).results().count() != 1) {
        wrong.add(file.getFileName().toString());
      }
    }
    assertEquals(Set.of(), wrong, "tests without a tag, or with more than one");
  }

  /**
   * A tag chooses what a run has, so one that is misspelt leaves its test out of it. What runs on
   * each JDK cannot be meant for one of them.
   */
  @Test
  void eachTagIsExplainedAndNoTestHasTwoThatDisagree() throws IOException {
    String explained = Files.readString(PROJECT.resolve("CONTRIBUTING.md"));
    Set<String> wrong = new TreeSet<>();
    for (String end : List.of("Test.java", "IT.java")) {
      for (Path file : tests(end)) {
        String text = Files.readString(file);
        Set<String> ofClass = tags("\n" + ANY_TAG.pattern(), text);
        for (String method : text.split("\n  }\n", -1)) {
          Set<String> tags = new TreeSet<>(ofClass);
          tags.addAll(tags(ANY_TAG.pattern(), method));
          if (tags.containsAll(Set.of("every-jdk", "one-jdk"))
              || !tags.stream()
                  .allMatch(
                      tag ->
                          explained.contains("`" + tag + "`")
                              || explained.contains("@Tag(\"" + tag + "\")"))) {
            wrong.add(file.getFileName() + ": " + tags);
          }
        }
      }
    }
    assertEquals(Set.of(), wrong, "tags that CONTRIBUTING.md does not explain, or that disagree");
  }

  private static Set<String> tags(String pattern, String text) {
    Set<String> tags = new TreeSet<>();
    for (Matcher tag = Pattern.compile(pattern).matcher(text); tag.find(); ) {
      tags.add(tag.group(1));
    }
    return tags;
  }

  /**
   * So that {@code -Dit.groups=soak -Dheagent.nightly=true} runs all long forms and nothing else.
   */
  @Test
  void whatHasALongFormIsASoak() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Path file : tests("IT.java")) {
      String text = Files.readString(file);
      boolean isLong = text.contains("Boolean.getBoolean(\"heagent.nightly\")");
      if (isLong != text.contains("\n@Tag(\"soak\")")) {
        wrong.add(file.getFileName().toString());
      }
    }
    assertEquals(Set.of(), wrong, "long forms without the tag soak, or soaks without a long form");
  }

  /** A test of the finished agent is run beside other agents, or a document says why not. */
  @Test
  void whatIsNotRunBesideOthersHasAReason() throws IOException {
    Set<String> left = new TreeSet<>();
    for (Path file : tests("IT.java")) {
      if (!Files.readString(file).contains("\n@Tag(\"beside-others\")")) {
        left.add(file.getFileName().toString().replace(".java", ""));
      }
    }
    Set<String> named = new TreeSet<>();
    for (String line : Files.readAllLines(PROJECT.resolve("docs/other-agents.md"))) {
      if (line.startsWith("| `")) {
        Pattern.compile("`(\\w+IT)`").matcher(line).results().forEach(it -> named.add(it.group(1)));
      }
    }
    assertEquals(left, named);
  }

  /** So that {@code scripts/test --behaviour} runs a part of what {@code --beside} runs. */
  @Test
  void whatIsBehaviourIsRunBesideOthers() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Path file : tests("IT.java")) {
      String text = Files.readString(file);
      if (text.contains("@Tag(\"behaviour\")") && !text.contains("\n@Tag(\"beside-others\")")) {
        wrong.add(file.getFileName().toString());
      }
    }
    assertEquals(Set.of(), wrong, "behaviour that is not run beside others");
  }

  private static List<Path> tests(String end) throws IOException {
    Set<Path> all = new TreeSet<>();
    for (Path folder : List.of(PROJECT, PROJECT.resolve("test-apps"))) {
      try (Stream<Path> modules = Files.list(folder)) {
        for (Path sources : modules.map(module -> module.resolve("src/test/java")).toList()) {
          if (Files.exists(sources)) {
            try (Stream<Path> files = Files.walk(sources)) {
              files.filter(file -> file.toString().endsWith(end)).forEach(all::add);
            }
          }
        }
      }
    }
    assertTrue(!all.isEmpty(), end);
    return List.copyOf(all);
  }
}
