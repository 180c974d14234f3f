package io.heagent.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.TlsMaterial;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The JDK's HttpClient sends each request to the server of its own name, whatever it pools
 * connections by.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
class PoolTrapIT {
  private static final String ONE = "one.trap.test";
  private static final String TWO = "two.trap.test";
  private static final String SERVER_ONE = "127.0.0.7";
  private static final String SERVER_TWO = "127.0.0.8";

  private static final List<String> ADOPTIONS = List.of("dup", "redial");

  private static final Deque<Closeable> OPEN = new ArrayDeque<>();
  private static int http;
  private static int https;
  private static HostsFile hosts;
  private static TlsMaterial tls;

  @BeforeAll
  static void open() throws Exception {
    http = FreePort.on(Hosts.DEAD, SERVER_ONE, SERVER_TWO);
    https = FreePort.on(Hosts.DEAD, SERVER_ONE, SERVER_TWO);
    hosts =
        keep(
            HostsFile.of(
                Map.of(
                    ONE, List.of(Hosts.DEAD, SERVER_ONE), TWO, List.of(Hosts.DEAD, SERVER_TWO))));
    tls = keep(TlsMaterial.forHost("*.trap.test"));
    keep(BlackHole.on(Hosts.DEAD, http));
    keep(BlackHole.on(Hosts.DEAD, https));
    keep(new TomcatOrigin(SERVER_ONE, http, https, tls));
    keep(new TomcatOrigin(SERVER_TWO, http, https, tls));
  }

  @AfterAll
  static void close() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  @TestFactory
  Stream<DynamicTest> eachNameIsAnsweredByItsOwnServer() throws Exception {
    List<Callable<Map<String, Facts>>> runs = new ArrayList<>();
    ADOPTIONS.forEach(adoption -> runs.add(() -> facts(adoption)));
    Iterator<Map<String, Facts>> seen = Side.bySide(runs).iterator();
    List<DynamicTest> tests = new ArrayList<>();
    for (String adoption : ADOPTIONS) {
      for (Facts facts : seen.next().values()) {
        tests.add(
            dynamicTest(
                facts.name() + ", " + adoption, () -> assertEquals("ok", facts.get("result"))));
      }
    }
    return tests.stream();
  }

  private static Map<String, Facts> facts(String adoption) throws Exception {
    ForkedJvm jvm =
        ForkedJvm.onThisJdk()
            .limit(Duration.ofMinutes(5))
            .flags(hosts.flag())
            .flags(tls.trustFlags())
            .agent(AgentLab.JAR, "delay=100ms,adoption=" + adoption);
    return Side.facts(
        jvm, PoolTrapProbe.class, http, https, ONE, TWO, SERVER_ONE, SERVER_TWO, Hosts.DEAD);
  }

  private static <T extends Closeable> T keep(T opened) {
    OPEN.push(opened);
    return opened;
  }
}
