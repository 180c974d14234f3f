package io.heagent.it.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.examples.jdk.PlainSocketClient;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.Command;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The JDK's own {@code jfr} prints of the demo's first client what {@code docs/monitoring.md}
 * shows, but for times, addresses, ports and the widths of columns; and so does the demo.
 */
@Tag("jvm")
@Tag("one-jdk")
class FlightDocumentIT extends StartCase {
  private static final Path DOCUMENT = Path.of("../../docs/monitoring.md");
  private static final Path SCRIPT = Path.of("../../scripts/demo").toAbsolutePath();
  private static final long LIMIT_SECONDS = 120;
  private static final String PROMPT = "$ ";
  private static final String COMMAND = PROMPT + "jfr ";
  private static final String VIEW = "view";

  /** The first JDK whose {@code jfr} has the command {@code view}. */
  private static final int VIEW_SINCE = 21;

  /** The words after {@code jfr}, and what is printed. */
  private record Example(List<String> words, List<String> printed) {}

  private static List<Example> examples(List<String> lines) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(COMMAND)) {
        List<String> words = List.of(lines.get(i).substring(COMMAND.length()).split(" ", -1));
        List<String> printed = new ArrayList<>();
        while (i + 1 < lines.size()
            && !lines.get(i + 1).startsWith(PROMPT)
            && !lines.get(i + 1).equals("```")) {
          printed.add(lines.get(++i));
        }
        examples.add(new Example(words, printed));
      }
    }
    return examples;
  }

  @Test
  void printsWhatTheDocumentShows() throws Exception {
    lab.with("service.test", AgentLab.DEAD.get(0), AgentLab.REFUSED.get(0), good());
    try (TempDirectory directory = TempDirectory.create("jfr")) {
      String file = directory.path().resolve("socket.jfr").toString();
      Outcome client =
          lab.agent("")
              .flags("-XX:StartFlightRecording=filename=" + file, "-Xlog:jfr+startup=error")
              .run(PlainSocketClient.class, "service.test", port(), "5000");
      assertEquals(0, client.exitCode(), client::toString);
      List<Example> examples = examples(Files.readAllLines(DOCUMENT));
      assertEquals(3, examples.size(), examples::toString);
      for (Example example : examples) {
        if (example.words.contains(VIEW) && Runtime.version().feature() < VIEW_SINCE) {
          continue;
        }
        List<String> words = new ArrayList<>(example.words);
        words.set(words.size() - 1, file);
        Outcome outcome = Command.run("", "jfr", words.toArray(String[]::new));
        assertEquals("", outcome.stderr());
        assertEquals(form(example.printed), form(outcome.stdout().lines().toList()));
      }
    }
  }

  /** With one of its clients. CI runs all of them. */
  @Test
  void theDemoPrintsWhatTheDocumentShows() throws Exception {
    try (TempDirectory directory = TempDirectory.create("demo")) {
      File said = directory.path().resolve("said").toFile();
      ProcessBuilder builder =
          new ProcessBuilder(SCRIPT.toString(), "--jfr", "--only", "Socket")
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(said);
      builder.environment().put("HEAGENT_BUILT", "yes");
      builder.environment().put("HEAGENT_JDKS", JdkHomes.current().home().toString());
      Process demo = builder.start();
      try {
        assertTrue(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "the demo has not ended");
      } finally {
        demo.descendants().forEach(ProcessHandle::destroyForcibly);
        demo.destroyForcibly();
      }
      List<String> lines = Files.readAllLines(said.toPath());
      assertEquals(0, demo.exitValue(), lines::toString);
      String every = "1 of 1 recordings have each race with its attempts.";
      assertTrue(lines.contains(every), lines::toString);
      List<Example> printed = examples(lines);
      assertEquals(2, printed.size(), lines::toString);
      int shown = 0;
      for (Example example : examples(Files.readAllLines(DOCUMENT))) {
        for (Example one : printed) {
          if (one.words.equals(example.words)) {
            assertEquals(form(example.printed), form(one.printed));
            shown++;
          }
        }
      }
      // The document has the older form of one of them only.
      assertEquals(Runtime.version().feature() < VIEW_SINCE ? 1 : 2, shown, lines::toString);
    }
  }

  private static String good() {
    String good = Service.TALK.address();
    assertTrue(good.length() == AgentLab.DEAD.get(0).length(), "columns are as wide");
    return good;
  }

  /** Lines without what differs from run to run, and no empty ones. */
  private static String form(List<String> lines) {
    StringBuilder form = new StringBuilder();
    for (String line : lines) {
      if (!line.isBlank()) {
        form.append(
                line.strip()
                    .replaceAll("\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?( \\(.*\\))?", "TIME")
                    .replaceAll("[\\d.]+ m?s\\b", "N ms")
                    .replaceAll("127(\\.\\d+){3}", "ADDRESS")
                    .replaceAll("\\b\\d{1,2},\\d{3}\\b|port = \\d+", "PORT")
                    .replaceAll("javaThreadId = \\d+", "javaThreadId = N")
                    .replaceAll("-+", "-")
                    .replaceAll(" +", " "))
            .append('\n');
      }
    }
    return form.toString();
  }
}
