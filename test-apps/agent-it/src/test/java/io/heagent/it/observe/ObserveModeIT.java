package io.heagent.it.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.DialAll;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mode=observe} changes nothing and says what it saw; {@code log-file=} has it in a file.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class ObserveModeIT extends StartCase {
  private static final int WAYS = DialAll.Way.values().length;

  /** Its connections are counted, which other classes must not add to. */
  private static AgentLab own;

  @BeforeAll
  static void open() throws IOException {
    own = AgentLab.talk();
  }

  @AfterAll
  static void close() throws IOException {
    own.close();
  }

  private static ForkedJvm.Outcome dialOwn(ForkedJvm jvm, Scenario scenario) throws Exception {
    return jvm.run(DialAll.class, scenario.host(Service.TALK), Integer.toString(own.port()));
  }

  /** A plain JVM fails there, and so does this one: no other address is dialled. */
  @Test
  void nothingIsRacedAndEachConnectIsNoted() throws Exception {
    int before = own.accepted();
    ForkedJvm.Outcome plain = dialOwn(own.plain(), Scenario.REFUSED_FIRST);
    ForkedJvm.Outcome observed = dialOwn(own.agent("mode=observe"), Scenario.REFUSED_FIRST);
    assertEquals(all(PLAIN), plain.stdout());
    List<String> lines = linesBeside(all(PLAIN), observed);
    assertEquals(before, own.accepted());
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(
        lines
            .get(0)
            .startsWith(
                "[he-agent] observed "
                    + WAYS
                    + " connects, of which 0 were late and "
                    + WAYS
                    + " failed, after "),
        lines.get(0));
  }

  @Test
  void aGoodAddressIsConnectedOnce() throws Exception {
    int before = own.accepted();
    List<String> lines =
        linesBeside(all(RACED), dialOwn(own.agent("mode=observe,delay=2s"), Scenario.GOOD_FIRST));
    assertEquals(WAYS, own.accepted() - before);
    assertTrue(lines.get(0).contains(" 0 failed, after 0 ms in all"), lines.get(0));
  }

  @Test
  void theReportIsThatOfTheDocument() throws Exception {
    ForkedJvm.Outcome outcome =
        lab.agent("mode=observe,log=info")
            .run(
                PatientProbe.class,
                port(),
                Scenario.DEAD_FIRST.host(Service.TALK),
                Scenario.REFUSED_FIRST.host(Service.TALK));
    List<String> lines =
        linesBeside("SocketTimeoutException\nConnectException\n", outcome).stream()
            .filter(line -> line.startsWith("[he-agent] observed "))
            .map(line -> form(line.replace(":" + port(), ":8443")))
            .toList();
    List<String> shown =
        Files.readAllLines(Path.of("../../docs/monitoring.md")).stream()
            .filter(line -> line.startsWith("[he-agent] observed "))
            .map(ObserveModeIT::form)
            .toList();
    assertEquals(shown, lines);
  }

  private static String form(String line) {
    return line.replaceAll("\\d+ ms", "N ms");
  }

  @Test
  void linesGoToTheFileOfTheSetting() throws Exception {
    try (TempDirectory directory = TempDirectory.create("log")) {
      Path file = directory.path().resolve("he-agent.log");
      String arguments = "mode=observe,log=info,log-file=" + file;
      assertQuiet(all(PLAIN), dialAll(lab.agent(arguments), Scenario.REFUSED_FIRST));
      List<String> lines = Files.readAllLines(file);
      assertEquals(3, lines.size(), lines::toString);
      assertTrue(lines.get(0).contains(" ms): observing all hosts, "), lines.get(0));
      assertTrue(lines.get(1).contains("Z [he-agent] observed " + WAYS), lines.get(1));
      String host = Scenario.REFUSED_FIRST.host(Service.TALK) + ":" + port();
      assertTrue(lines.get(2).contains("Z [he-agent] observed " + host + ": "), lines.get(2));
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsToldOnStderr() throws Exception {
    List<String> lines =
        linesBeside(RACED + "\n", dial(lab.agent("log=info,log-file=/dev/null/he-agent.log")));
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(
        lines.get(0).startsWith("[he-agent] log-file=/dev/null/he-agent.log "), lines.get(0));
    assertTrue(lines.get(1).contains(" ms): racing all hosts, "), lines.get(1));
  }
}
