package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.testkit.jvm.Strace;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The attempts of a race are connects of the JDK's as well, and pass the hooks themselves. */
@Tag("jvm")
@Tag("beside-others")
class OwnConnectsIT extends StartCase {
  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void noRecursionWhenOwnConnectsPassOwnHooks(String adoption) throws Exception {
    assumeTrue(Strace.canTrace(), "strace is missing, or may not trace here");
    Scenario scenario = Scenario.DEAD_REFUSED_GOOD;
    try (TempDirectory directory = TempDirectory.create("trace")) {
      Path trace = directory.path().resolve("trace");
      // History is off, because otherwise the second race would begin with the winner of the first.
      String arguments = "log=debug,history=off,delay=100ms,adoption=" + adoption;
      List<String> lines =
          linesBeside(
              all(RACED),
              dialAll(lab.agent(arguments).under(Strace.command(trace, "connect")), scenario));
      int races = DialAll.Way.values().length;
      assertEquals(1 + races, lines.size(), lines::toString); // the banner
      List<String> calls = Files.readAllLines(trace);
      assertEquals(races, to(AgentLab.DEAD.get(0), calls));
      assertEquals(races, to(AgentLab.REFUSED.get(0), calls));
      int won = to(Service.TALK.address(), calls);
      assertTrue(
          adoption.equals("dup") ? won == races : won >= races && won <= 2 * races, "" + won);
    }
  }

  private static int to(String address, List<String> calls) {
    String needle = "(\"" + address + "\")";
    String mapped = "\"::ffff:" + address + "\"";
    return (int)
        calls.stream()
            .filter(call -> call.contains("connect("))
            .filter(call -> call.contains(needle) || call.contains(mapped))
            .count();
  }
}
