package io.heagent.it.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Service;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names that are not like others. */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
class NamesIT {
  private static List<String> plain;
  private static List<String> agent;

  @BeforeAll
  static void run() throws Exception {
    try (AgentLab lab = AgentLab.talk()) {
      for (String name : UnusualNamesProbe.IDN) {
        lab.with(name, AgentLab.REFUSED.get(0), Service.TALK.address());
      }
      plain = lines(lab.plain(), lab.port());
      agent = lines(lab.agent(""), lab.port());
    }
  }

  private static List<String> lines(ForkedJvm jvm, int port) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run(UnusualNamesProbe.class, Integer.toString(port));
    assertEquals("", outcome.stderr());
    return outcome.stdout().lines().toList();
  }

  private static List<String> starting(String prefix, List<String> lines) {
    return lines.stream().filter(line -> line.startsWith(prefix)).toList();
  }

  @Test
  void namesThatLookLikeLiteralsAreWhatTheJdkTakesThemFor() {
    List<String> expected = starting("like a literal ", plain);
    assertTrue(expected.size() >= 14, plain::toString);
    assertEquals(expected, starting("like a literal ", agent));
  }

  @Test
  void idnIsLookedUpAndKeptAsTheProgramWritesIt() {
    starting("IDN", plain).forEach(line -> assertTrue(line.contains("failed"), line));
    List<String> seen = starting("IDN", agent);
    assertEquals(4, seen.size(), agent::toString);
    for (String line : seen) {
      assertTrue(line.endsWith("connected to " + Service.TALK.address() + ", name kept"), line);
    }
  }

  /** Newer JDKs refuse it in the socket adaptor itself, before any woven code. */
  @Test
  void unresolvedNameOfAChannelsSocketAdaptor() {
    String failed = "adaptor, unresolved, failed with UnknownHostException";
    assertEquals(List.of(failed), starting("adaptor", plain));
    int feature = Runtime.version().feature();
    assumeTrue(feature == 17 || feature >= 25, "not known where between them the JDK changed");
    assertEquals(
        List.of(feature == 17 ? "adaptor, unresolved, connected" : failed),
        starting("adaptor", agent));
  }
}
