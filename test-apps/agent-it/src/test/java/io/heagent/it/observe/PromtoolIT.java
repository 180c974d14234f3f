package io.heagent.it.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.testkit.jvm.TempDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prometheus' own tool reads what {@code docs/monitoring} has for Prometheus: the exporter's text,
 * the alert rules with their tests, and what the dashboard's panels ask for. Skipped where {@code
 * promtool} is not on the path; CI has it from {@code scripts/promtool}.
 */
@Tag("jvm")
@Tag("one-jdk")
class PromtoolIT {
  private static final Path DOCUMENT = Path.of("../../docs/monitoring.md");
  private static final Path MONITORING = Path.of("../../docs/monitoring").toAbsolutePath();
  private static final long LIMIT_SECONDS = 60;
  private static final Pattern EXPRESSION = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern SAMPLE = Pattern.compile("heagent_\\S+ \\S+");
  private static final String INSTANCE = "instance=\"shop-1:9404\"";

  private static Path promtool;

  @BeforeAll
  static void find() {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path program = Path.of(directory, "promtool");
      if (promtool == null && Files.isExecutable(program)) {
        promtool = program;
      }
    }
    assumeTrue(promtool != null, "no promtool on the path");
  }

  @Test
  void alertRulesAreRight() throws Exception {
    run("check", "rules", MONITORING.resolve("alerts.yaml").toString());
  }

  @Test
  void alertsFireWhenTheyShould() throws Exception {
    run("test", "rules", MONITORING.resolve("alerts-test.yaml").toString());
  }

  /** Names, types and help of the metrics are as Prometheus wants them. */
  @Test
  void exportedTextIsRight() throws Exception {
    try (TempDirectory directory = TempDirectory.create("promtool")) {
      Path text = directory.path().resolve("metrics");
      Files.write(
          text,
          Files.readAllLines(DOCUMENT).stream()
              .filter(line -> line.matches("(?:# (?:HELP|TYPE) )?heagent_.*"))
              .toList());
      assertEquals("", run(text, "check", "metrics"));
    }
  }

  /** With the series that are exported, the query of each panel has a result. */
  @Test
  void panelsHaveResults() throws Exception {
    List<String> expressions =
        EXPRESSION
            .matcher(Files.readString(MONITORING.resolve("grafana-dashboard.json")))
            .results()
            .map(found -> found.group(1).replace("\\\"", "\""))
            .toList();
    assertTrue(expressions.size() > 10, expressions::toString);
    List<String> test = new ArrayList<>(List.of("evaluation_interval: 1m", "tests:"));
    test.add("  - interval: 1m");
    test.add("    input_series:");
    for (String series : series()) {
      test.add("      - {series: '" + series + "', values: '0+1x100'}");
    }
    test.add("    promql_expr_test:");
    for (String expression : expressions) {
      // What Grafana puts in: an instance that was chosen, and ranges.
      String asked =
          expression
              .replace("$instance", "shop-1:9404")
              .replace("$__range", "1h")
              .replace("$__rate_interval", "5m");
      test.add("      - expr: 'count(" + asked + ") > bool 0'");
      test.add("        eval_time: 90m");
      test.add("        exp_samples: [{labels: '{}', value: 1}]");
    }
    try (TempDirectory directory = TempDirectory.create("promtool")) {
      Path file = directory.path().resolve("panels.yaml");
      Files.write(file, test);
      run("test", "rules", file.toString());
    }
  }

  /** The series that the document shows, as Prometheus names them: with their instance. */
  private static Set<String> series() throws IOException {
    Set<String> all = new LinkedHashSet<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (SAMPLE.matcher(line).matches()) {
        String name = line.substring(0, line.indexOf(' '));
        all.add(
            name.endsWith("}")
                ? name.substring(0, name.length() - 1) + "," + INSTANCE + "}"
                : name + "{" + INSTANCE + "}");
      }
    }
    assertTrue(all.size() > 20, all::toString);
    return all;
  }

  private static void run(String... arguments) throws IOException, InterruptedException {
    run(Path.of("/dev/null"), arguments);
  }

  /** Gives what it has said; it must have ended well. */
  private static String run(Path input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(promtool.toString()));
    command.addAll(List.of(arguments));
    try (TempDirectory directory = TempDirectory.create("promtool")) {
      File said = directory.path().resolve("said").toFile();
      Process process =
          new ProcessBuilder(command)
              .redirectInput(input.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said)
              .start();
      try {
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "promtool has not ended");
      } finally {
        process.destroyForcibly();
      }
      String text = Files.readString(said.toPath());
      assertEquals(0, process.exitValue(), text);
      return text;
    }
  }
}
