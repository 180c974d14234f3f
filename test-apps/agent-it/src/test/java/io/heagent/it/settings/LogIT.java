package io.heagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.DialAll;
import io.heagent.it.startup.StartCase;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code log=debug}: one line per race, that names every address, its outcome and its time. */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class LogIT extends StartCase {
  private static final int BANNER = 1;
  private static final int WAYS = DialAll.Way.values().length;

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void raceThatIsWon(String adoption) throws Exception {
    assertLines(
        Scenario.DEAD_REFUSED_GOOD,
        adoption,
        RACED,
        AgentLab.DEAD.get(0) + " (still pending|overtaken|cancelled)",
        AgentLab.REFUSED.get(0) + " refused",
        Service.TALK.address() + " connected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void raceThatIsLost(String adoption) throws Exception {
    assertLines(
        Scenario.ALL_REFUSED,
        adoption,
        PLAIN,
        AgentLab.REFUSED.get(0) + " refused",
        AgentLab.REFUSED.get(1) + " refused");
  }

  private static void assertLines(
      Scenario scenario, String adoption, String outcome, String... addresses) throws Exception {
    String arguments = "log=debug,delay=100ms,history=off,adoption=" + adoption;
    List<String> lines = linesBeside(all(outcome), dialAll(lab.agent(arguments), scenario));
    assertEquals(BANNER + WAYS, lines.size(), lines::toString);
    String tried = String.join(" after [0-9]+ ms; ", addresses) + " after [0-9]+ ms";
    String host = scenario.host(Service.TALK) + ":" + port();
    String pattern =
        "\\[he-agent\\] (.+: )?"
            + host
            + " \\("
            + addresses.length
            + " addresses tried: "
            + tried
            + "\\)";
    for (String line : lines.subList(BANNER, lines.size())) {
      assertTrue(line.matches(pattern), line);
    }
  }
}
