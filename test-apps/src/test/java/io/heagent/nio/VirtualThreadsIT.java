package io.heagent.nio;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.AgentLab;
import io.heagent.lab.BlackHole;
import io.heagent.lab.ForkedJvm;
import io.heagent.lab.FreePort;
import io.heagent.lab.HostsFile;
import io.heagent.probes.Facts;
import io.heagent.probes.nio.NioScenario;
import io.heagent.probes.nio.NioScenario.Hosts;
import io.heagent.probes.nio.VirtualProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Thousands of virtual threads connect at once, and none holds its carrier longer than before. */
class VirtualThreadsIT {
  /** Each has two descriptors while it races; 20,000 is what a process may have open here. */
  private static final int THREADS = 8_000;

  private static final int PLAIN_THREADS = 2_000;

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void allConnectWithoutPinning() throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD, Hosts.SECOND);
    Map<String, List<String>> names =
        Map.of(
            NioScenario.DEAD_FIRST.host(), NioScenario.DEAD_FIRST.addresses(),
            NioScenario.GOOD_FIRST.host(), NioScenario.GOOD_FIRST.addresses());
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = HostsFile.of(names)) {
      Map<String, Facts> plain =
          Side.facts(jvm(hosts), VirtualProbe.class, dead.port(), PLAIN_THREADS, 500);
      Map<String, Facts> agent =
          Side.facts(
              jvm(hosts).agent(AgentLab.JAR, "delay=100ms,history=off"),
              VirtualProbe.class,
              port,
              THREADS,
              60_000);
      System.out.println("plain: " + plain.values());
      System.out.println("agent: " + agent.values());
      int pinned = Integer.parseInt(agent.get("end").get("pinned"));
      assertAll(
          () -> assertEquals("0", plain.get("sockets").get("connected")),
          () -> assertEquals(Integer.toString(THREADS), agent.get("sockets").get("connected")),
          () ->
              assertEquals(Integer.toString(THREADS / 10), agent.get("channels").get("connected")),
          () ->
              assertTrue(
                  pinned <= Integer.parseInt(plain.get("end").get("pinned")), agent::toString),
          () -> assertTrue(crowd.accepted() >= THREADS, () -> crowd.accepted() + " accepted"));
    }
  }

  private static ForkedJvm jvm(HostsFile hosts) {
    return ForkedJvm.onThisJdk().limit(Duration.ofMinutes(5)).flags(hosts.flag());
  }
}
