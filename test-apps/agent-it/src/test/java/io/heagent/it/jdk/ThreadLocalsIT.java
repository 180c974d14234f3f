package io.heagent.it.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent leaves nothing in the thread locals of the program's threads, which may live as long as
 * their pool.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
class ThreadLocalsIT extends StartCase {
  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void threadLocalsAreClearedOnEveryExit(String adoption) throws Exception {
    List<Scenario> scenarios =
        List.of(
            Scenario.GOOD_FIRST,
            Scenario.DEAD_FIRST,
            Scenario.REFUSED_FIRST,
            Scenario.ALL_REFUSED,
            Scenario.SINGLE,
            Scenario.LITERAL);
    StringBuilder expected = new StringBuilder();
    String[] arguments = new String[1 + scenarios.size()];
    arguments[0] = port();
    for (int i = 0; i < scenarios.size(); i++) {
      Scenario scenario = scenarios.get(i);
      arguments[1 + i] = scenario.host(Service.TALK);
      expected.append(all(scenario == Scenario.ALL_REFUSED ? PLAIN : RACED));
    }
    ForkedJvm jvm =
        lab.agent("delay=100ms,adoption=" + adoption)
            .flags("--add-opens=java.base/java.lang=ALL-UNNAMED");
    ForkedJvm.Outcome outcome = jvm.run(ThreadLocalsProbe.class, arguments);
    assertEquals("", outcome.stderr());
    assertEquals(expected + "left [ThreadLocalsProbe]\n", outcome.stdout());
  }
}
