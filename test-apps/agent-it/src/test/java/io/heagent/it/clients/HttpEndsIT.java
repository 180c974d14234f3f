package io.heagent.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Timeouts and cancel of the JDK's HttpClient end a race as they end its own connect. */
@Tag("jvm")
@Tag("beside-others")
@Order(2)
class HttpEndsIT {
  private static final String DEAD = "dead.ends.test";
  private static final String REFUSED = "refused.ends.test";
  private static final String GOOD = "good.ends.test";

  private static final Deque<Closeable> OPEN = new ArrayDeque<>();
  private static final Map<String, Map<String, Facts>> SEEN = new LinkedHashMap<>();

  @BeforeAll
  static void open() throws Exception {
    int port =
        FreePort.on(
            Hosts.GOOD, Hosts.SECOND, Hosts.DEAD, Hosts.DEAD_TOO, Hosts.REFUSED, Hosts.REFUSED_TOO);
    HostsFile hosts =
        keep(
            HostsFile.of(
                Map.of(
                    DEAD, List.of(Hosts.DEAD, Hosts.DEAD_TOO),
                    REFUSED, List.of(Hosts.REFUSED, Hosts.REFUSED_TOO),
                    GOOD, List.of(Hosts.GOOD, Hosts.SECOND))));
    keep(BlackHole.on(Hosts.DEAD, port));
    keep(BlackHole.on(Hosts.DEAD_TOO, port));
    keep(HttpOrigin.http(Hosts.GOOD, port));
    List<String> labels = List.of("without the agent", "dup", "redial");
    List<Callable<Map<String, Facts>>> runs = new ArrayList<>();
    for (String label : labels) {
      ForkedJvm jvm =
          ForkedJvm.onThisJdk()
              .limit(Duration.ofMinutes(5))
              .flags(hosts.flag(), "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
      if (!label.startsWith("without")) {
        jvm = jvm.agent(AgentLab.JAR, "delay=100ms,history=off,adoption=" + label);
      }
      ForkedJvm run = jvm;
      runs.add(() -> Side.facts(run, HttpEndsProbe.class, port, DEAD, REFUSED, GOOD));
    }
    List<Map<String, Facts>> seen = Side.bySide(runs);
    for (int i = 0; i < labels.size(); i++) {
      SEEN.put(labels.get(i), seen.get(i));
    }
  }

  @AfterAll
  static void close() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  /** Without the agent too: what is demanded is what the client does by itself. */
  @TestFactory
  Stream<DynamicTest> endsAsItDoesWithoutTheAgent() {
    List<DynamicTest> tests = new ArrayList<>();
    SEEN.forEach(
        (label, cases) ->
            cases
                .values()
                .forEach(
                    facts ->
                        tests.add(
                            dynamicTest(
                                facts.name() + ", " + label,
                                () -> assertEquals("ok", facts.get("result"))))));
    return tests.stream();
  }

  private static <T extends Closeable> T keep(T opened) {
    OPEN.push(opened);
    return opened;
  }
}
