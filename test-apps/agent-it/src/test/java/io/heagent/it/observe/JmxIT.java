package io.heagent.it.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The MBean, as a program, jmx_exporter and {@code docs/monitoring.md} show it. */
@Tag("jvm")
@Tag("beside-others")
class JmxIT extends StartCase {
  private static final Path DOCUMENT = Path.of("../../docs/monitoring.md");
  private static final Path RULES = Path.of("../../docs/monitoring/jmx-exporter.yaml");
  private static final Path OTEL_RULES = Path.of("../../docs/monitoring/otel-jmx.yaml");
  private static final Path OPENTELEMETRY = Path.of("target/agents/opentelemetry.jar");
  private static final Path EXPORTER = Path.of("target/agents/jmx-exporter.jar");

  private static ForkedJvm.Outcome run(ForkedJvm jvm, String what, String url) throws Exception {
    return jvm.run(ManagedProbe.class, what, REFUSED_FIRST, port(), url);
  }

  @Test
  void attributesAreTheCounters() throws Exception {
    ForkedJvm.Outcome outcome = run(lab.agent("history=off"), "attributes", "");
    assertEquals(0, outcome.exitCode(), outcome::stderr);
    Map<String, String> attributes = new TreeMap<>();
    outcome
        .stdout()
        .lines()
        .filter(line -> line.contains(" = "))
        .forEach(line -> attributes.put(line.split(" = ", 2)[0], line.split(" = ", 2)[1]));
    long races = Long.parseLong(attributes.get("Races"));
    assertTrue(races >= 2, outcome::stdout);
    // The first address refuses each time, and the second one is connected.
    assertEquals(attributes.get("Races"), attributes.get("WonBySecond"));
    assertEquals(attributes.get("Races"), attributes.get("FailuresAvoided"));
    assertEquals(attributes.get("Races"), attributes.get("ExtraAttempts"));
    assertEquals(attributes.get("Races"), attributes.get("WonOverIpv4"));
    for (String none : List.of("WonByFirst", "Failed", "Cancelled", "FailedOpen", "SavedMillis")) {
      assertEquals("0", attributes.get(none), none);
    }
    assertEquals("race", attributes.get("Mode"));
    assertEquals("[]", attributes.get("BrokenAddresses"));
    assertEquals("0", attributes.get("LeftAlone single"));
    assertEquals("", outcome.stderr());
  }

  @Test
  @Tag("one-jdk")
  void operationsSteer() throws Exception {
    ForkedJvm.Outcome outcome = run(lab.agent(""), "operations", "");
    List<String> lines = outcome.stdout().lines().toList();
    assertEquals("off: " + PLAIN, lines.get(1), outcome::toString);
    assertEquals("race: " + RACED, lines.get(2));
    assertEquals("dead: 0", lines.get(3));
    assertTrue(lines.get(4).contains("mode=maybe"), lines.get(4));
    assertEquals(0, outcome.exitCode(), outcome::stderr);
  }

  /** The exporter makes the platform's server before main, and the document shows what it says. */
  @Test
  @Tag("one-jdk")
  void theExporterSaysWhatTheDocumentShows() throws Exception {
    int free = FreePort.on("127.0.0.1");
    ForkedJvm jvm =
        lab.agent("history=off")
            .flags("-javaagent:" + EXPORTER.toAbsolutePath() + "=127.0.0.1:" + free + ":" + RULES);
    ForkedJvm.Outcome outcome = run(jvm, "exported", "http://127.0.0.1:" + free + "/metrics");
    assertEquals(0, outcome.exitCode(), outcome::stderr);
    List<String> printed =
        outcome
            .stdout()
            .lines()
            .filter(line -> line.contains("heagent_"))
            .map(JmxIT::form)
            .toList();
    List<String> shown =
        Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.matches("(# (HELP|TYPE) )?heagent_.*"))
            .map(JmxIT::form)
            .toList();
    assertEquals(String.join("\n", shown), String.join("\n", printed));
  }

  /** Rules and panels over metrics that nobody exports would stay silent. */
  @Test
  @Tag("one-jdk")
  void alertsAndDashboardAskForWhatIsExported() throws Exception {
    Set<String> exported = new TreeSet<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("# TYPE heagent_")) {
        exported.add(line.split(" ", -1)[2]);
      }
    }
    Set<String> asked = new TreeSet<>();
    for (String file : List.of("alerts.yaml", "grafana-dashboard.json")) {
      Matcher name =
          Pattern.compile("heagent_\\w+").matcher(Files.readString(RULES.resolveSibling(file)));
      while (name.find()) {
        asked.add(name.group());
      }
    }
    assertTrue(asked.size() >= 10, asked::toString);
    asked.removeAll(exported);
    assertEquals(Set.of(), asked);
  }

  /** A sum by a label that a metric lacks would be one sum of all. */
  @Test
  @Tag("one-jdk")
  void panelsPartByLabelsThatAreExported() throws Exception {
    List<String> exported = Files.readAllLines(DOCUMENT);
    Pattern parted =
        Pattern.compile("by \\((?!instance\\))(\\w+)\\) \\((?:rate\\()?(heagent_\\w+)");
    Matcher panel =
        parted.matcher(Files.readString(RULES.resolveSibling("grafana-dashboard.json")));
    int panels = 0;
    for (; panel.find(); panels++) {
      String sample = panel.group(2) + "{" + panel.group(1) + "=";
      assertTrue(exported.stream().anyMatch(line -> line.startsWith(sample)), sample);
    }
    assertEquals(3, panels);
  }

  @Test
  @Tag("one-jdk")
  void openTelemetryExportsTheBean() throws Exception {
    int free = FreePort.on("127.0.0.1");
    ForkedJvm jvm =
        lab.agent("history=off")
            .flags(
                "-javaagent:" + OPENTELEMETRY.toAbsolutePath(),
                "-Dotel.jmx.config=" + OTEL_RULES,
                "-Dotel.jmx.discovery.delay=500",
                "-Dotel.metrics.exporter=prometheus",
                "-Dotel.exporter.prometheus.host=127.0.0.1",
                "-Dotel.exporter.prometheus.port=" + free,
                "-Dotel.traces.exporter=none",
                "-Dotel.logs.exporter=none");
    ForkedJvm.Outcome outcome = run(jvm, "exported", "http://127.0.0.1:" + free + "/metrics");
    assertEquals(0, outcome.exitCode(), outcome::stderr);
    Set<String> exported = new TreeSet<>();
    for (String line : outcome.stdout().lines().toList()) {
      if (line.startsWith("# TYPE heagent_")) {
        exported.add(line.split(" ", -1)[2]);
      }
    }
    Set<String> shown = new TreeSet<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.matches("`heagent_\\w+`.*")) {
        shown.addAll(List.of(line.replaceAll("[`,.]", "").split(" ", -1)));
      }
    }
    assertEquals(shown, exported);
  }

  /** Without the values. */
  private static String form(String line) {
    return line.startsWith("#") ? line : line.replaceFirst(" [0-9.E]+$", " N");
  }

  /** A program's own choices are its own, although the agent looks for its server. */
  @Test
  void aProgramThatUsesNoJmxHasNoServer() throws Exception {
    ForkedJvm.Outcome outcome = lab.agent("").run(UnmanagedProbe.class, REFUSED_FIRST, port());
    assertQuiet(RACED + "\nOwnLogManager\n1 by OwnBeanServerBuilder\n", outcome);
  }
}
