package io.heagent.nio;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.heagent.agent.AgentLab;
import io.heagent.lab.BlackHole;
import io.heagent.lab.ForkedJvm;
import io.heagent.lab.FreePort;
import io.heagent.lab.HostsFile;
import io.heagent.probes.Facts;
import io.heagent.probes.nio.NioScenario;
import io.heagent.probes.nio.NioScenario.Hosts;
import io.heagent.probes.nio.VirtualProbe;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Thousands of virtual threads connect at once, and none holds its carrier longer than before. */
class VirtualThreadsIT {
  private static final int MOST_THREADS = 10_000;

  /** Each has a descriptor, those whose siblings are being dialled two, the JVM some of its own. */
  private static final int THREADS = (int) Math.min(MOST_THREADS, descriptors() / 2);

  private static final int PLAIN_THREADS = 1_000;
  private static final int DELAY_MILLIS = 100;

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
              jvm(hosts).agent(AgentLab.JAR, "delay=" + DELAY_MILLIS + "ms,history=off"),
              VirtualProbe.class,
              port,
              THREADS,
              60_000);
      long healthy = millis(agent.get("healthy"));
      long raced = millis(agent.get("sockets"));
      System.out.println("plain: " + plain.values());
      System.out.println("agent: " + agent.values());
      int pinned = Integer.parseInt(agent.get("end").get("pinned"));
      assertAll(
          () -> assertEquals("0", plain.get("sockets").get("connected")),
          () -> assertEquals(Integer.toString(THREADS), agent.get("sockets").get("connected")),
          () ->
              assertEquals(Integer.toString(THREADS / 10), agent.get("channels").get("connected")),
          // Each dials twice and waits twice, whatever the first ones have seen: on a machine that
          // does 10,000 connects in no time the delay and a second.
          () -> assertTrue(raced <= DELAY_MILLIS + 1_000 + 3 * healthy, agent::toString),
          () ->
              assertTrue(
                  pinned <= Integer.parseInt(plain.get("end").get("pinned")), agent::toString),
          () -> assertTrue(crowd.accepted() >= 2 * THREADS, () -> crowd.accepted() + " accepted"));
    }
  }

  /** With the settings that everybody has: 250 ms, and most of them see what the first ones see. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void allConnectASecondAfterTheDelayToAnAddressOfWhichNothingIsKnown() throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    Map<String, List<String>> names =
        Map.of(
            NioScenario.DEAD_FIRST.host(), NioScenario.DEAD_FIRST.addresses(),
            NioScenario.GOOD_FIRST.host(), NioScenario.GOOD_FIRST.addresses());
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = HostsFile.of(names)) {
      Map<String, Facts> agent =
          Side.facts(
              jvm(hosts).agent(AgentLab.JAR, ""),
              VirtualProbe.class,
              dead.port(),
              THREADS,
              60_000,
              "unknown");
      System.out.println("by default: " + agent.values());
      long healthy = millis(agent.get("healthy"));
      assertEquals(Integer.toString(THREADS), agent.get("sockets").get("connected"));
      // As many to a good address are the measure of how busy the machine is.
      assertTrue(
          millis(agent.get("sockets")) <= 250 + 1_000 + Math.max(0, 2 * healthy - 1_000),
          agent::toString);
      assertTrue(crowd.accepted() >= 2 * THREADS, () -> crowd.accepted() + " accepted");
    }
  }

  private static long millis(Facts facts) {
    return Long.parseLong(facts.get("all done after ms"));
  }

  /** How many a process may have open. */
  private static long descriptors() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return ((UnixOperatingSystemMXBean) system).getMaxFileDescriptorCount();
  }

  private static ForkedJvm jvm(HostsFile hosts) {
    return ForkedJvm.onThisJdk().limit(Duration.ofMinutes(5)).flags(hosts.flag());
  }
}
