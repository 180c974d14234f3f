package io.heagent.it.agents.together;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.jvm.beside.KnownAgent;
import io.heagent.testkit.jvm.beside.OwnBeanServerBuilder;
import io.heagent.testkit.jvm.beside.OwnLogManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program with its own LogManager and MBeanServerBuilder, several agents, a flight recording from
 * its start, and JMX: every connect is raced and recorded, the MBean counts them, and nothing is
 * said. In each order of the agents; all but four of the orders are in the long form only: {@code
 * -Dheagent.nightly=true}.
 */
@Tag("jvm")
@Tag("soak")
@Tag("one-jdk")
@Order(2)
class TogetherIT {
  private static final String OURS = "OURS";
  private static final String EXPECTED =
      (StartCase.all(StartCase.RACED) + "HTTP served by " + Service.HTTP.address() + "\n").repeat(2)
          + "OwnLogManager\ntrue OwnBeanServerBuilder\ntrue\nfailed open 0\n";

  /** Each of these agents before this one and after it. */
  private static final Set<String> ALWAYS =
      Set.of(
          "OURS JACOCO BLOCKHOUND",
          "BLOCKHOUND JACOCO OURS",
          "BLOCKHOUND OPENTELEMETRY OURS JACOCO",
          "BLOCKHOUND JACOCO OURS OPENTELEMETRY");

  private static AgentLab lab;

  @BeforeAll
  static void open() throws Exception {
    lab = AgentLab.full();
  }

  @AfterAll
  static void close() throws Exception {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OURS",
        "OURS JACOCO BLOCKHOUND",
        "BLOCKHOUND JACOCO OURS",
        "OURS JACOCO OPENTELEMETRY",
        "OURS OPENTELEMETRY JACOCO",
        "JACOCO OPENTELEMETRY OURS",
        "OPENTELEMETRY JACOCO OURS",
        "OPENTELEMETRY OURS JACOCO",
        "JACOCO OURS OPENTELEMETRY",
        "BLOCKHOUND OPENTELEMETRY OURS JACOCO",
        "BLOCKHOUND JACOCO OURS OPENTELEMETRY"
      })
  void everythingWorksBesideEverything(String order) throws Exception {
    List<String> agents = List.of(order.split(" ", -1));
    assumeTrue(
        ALWAYS.contains(order) || Boolean.getBoolean("heagent.nightly"), "in the long form only");
    try (TempDirectory directory = TempDirectory.create("together")) {
      Path file = directory.path().resolve("together.jfr");
      ForkedJvm jvm =
          lab.plain()
              .withLibraries()
              .flags(
                  "-Djava.util.logging.manager=" + OwnLogManager.class.getName(),
                  "-Djavax.management.builder.initial=" + OwnBeanServerBuilder.class.getName(),
                  "-XX:StartFlightRecording=filename=" + file,
                  // What the JVM logs is no word of the program: HotSpot's sampler of stacks may
                  // say
                  // that it has crashed, and goes on.
                  "-Xlog:disable",
                  "-Xlog:all=error:stderr");
      for (String name : agents) {
        add(jvm, name);
      }
      ForkedJvm.Outcome outcome = jvm.run(TogetherProbe.class, Integer.toString(lab.port()));
      assertEquals(EXPECTED, outcome.stdout(), outcome::stderr);
      assertEquals(0, outcome.exitCode(), outcome::stderr);
      List<String> ours =
          outcome.stderr().lines().filter(line -> line.startsWith("[he-agent] ")).toList();
      assertEquals(List.of(), ours);
      assertRecorded(file);
    }
  }

  private static KnownAgent known(String name) {
    return KnownAgent.valueOf(name);
  }

  private static void add(ForkedJvm jvm, String name) {
    if (name.equals(OURS)) {
      jvm.agent(AgentLab.JAR, "delay=100ms,history=off");
    } else {
      jvm.flags(known(name).flags).agent(known(name).jar(), known(name).arguments);
    }
  }

  private static void assertRecorded(Path file) throws Exception {
    List<RecordedEvent> races =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("heagent.Race"))
            .toList();
    // Each way of connecting and HttpClient, to each of two names; the look for the MBean adds
    // some.
    assertTrue(races.size() >= EXPECTED.lines().count() - 4, races::toString);
    for (RecordedEvent race : races) {
      assertEquals("won", race.getString("outcome"), race::toString);
      assertEquals(2, race.getInt("attempts"), race::toString);
    }
  }
}
