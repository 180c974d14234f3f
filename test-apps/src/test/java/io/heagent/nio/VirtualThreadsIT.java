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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.parallel.Isolated;

/** Thousands of virtual threads connect at once, and none holds its carrier longer than before. */
@Isolated("measures what the whole machine does")
class VirtualThreadsIT {
  private static final int MOST_THREADS = 10_000;

  /** Each has a descriptor, those whose siblings are being dialled two, the JVM some of its own. */
  private static final int THREADS = (int) Math.min(MOST_THREADS, descriptors() / 2);

  private static final int PLAIN_THREADS = 1_000;

  /** How often: the first times are a JVM's that is busy compiling. */
  private static final int TIMES = 3;

  /** An all-dead crowd sees what it sees the first time. */
  private static final int PLAIN_TIMES = 1;

  private static final int DELAY_MILLIS = 100;

  /** Of those who dial the dead address and wait for it, each for itself. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void allConnectWithoutPinning() throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD, Hosts.SECOND);
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = hosts()) {
      Map<String, Facts> plain = probe(jvm(hosts), dead.port(), PLAIN_THREADS, 500, PLAIN_TIMES);
      ForkedJvm raced = jvm(hosts).agent(AgentLab.JAR, "history=off,delay=" + DELAY_MILLIS + "ms");
      Map<String, Facts> agent = probe(raced, port, THREADS, 60_000, TIMES);
      System.out.println("plain: " + plain.values());
      System.out.println("agent: " + agent.values());
      int pinned = Integer.parseInt(agent.get("end").get("pinned"));
      assertAll(
          () -> assertEquals("0", plain.get("sockets").get("connected")),
          () -> assertAllConnected(agent, crowd),
          () ->
              assertEquals(Integer.toString(THREADS / 10), agent.get("channels").get("connected")),
          // Each dials twice and waits twice, whatever the first ones have seen: on a machine that
          // does 10,000 connects in no time the delay and a second.
          () -> assertWithin(DELAY_MILLIS + 1_000 + 3 * millis(agent.get("healthy")), agent),
          () ->
              assertTrue(
                  pinned <= Integer.parseInt(plain.get("end").get("pinned")), agent::toString));
    }
  }

  /** With the settings that everybody has: 250 ms, and most of them see what the first ones see. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void allConnectASecondAfterTheDelayToAnAddressOfWhichNothingIsKnown() throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = hosts()) {
      ForkedJvm raced = jvm(hosts).agent(AgentLab.JAR, "");
      Map<String, Facts> agent = probe(raced, dead.port(), THREADS, 60_000, TIMES);
      System.out.println("by default: " + agent.values());
      assertAllConnected(agent, crowd);
      // A second, unless the machine is so busy that as many to a good address take half of one.
      assertWithin(250 + Math.max(1_000, 2 * millis(agent.get("healthy"))), agent);
    }
  }

  private static HostsFile hosts() throws Exception {
    Map<String, List<String>> names = new HashMap<>();
    names.put(NioScenario.GOOD_FIRST.host(), NioScenario.GOOD_FIRST.addresses());
    for (String name : VirtualProbe.names(TIMES)) {
      names.put(name, NioScenario.DEAD_FIRST.addresses());
    }
    return HostsFile.of(names);
  }

  private static Map<String, Facts> probe(
      ForkedJvm jvm, int port, int threads, int timeoutMillis, int times) throws Exception {
    return Side.facts(jvm, VirtualProbe.class, port, threads, timeoutMillis, times);
  }

  private static void assertAllConnected(Map<String, Facts> seen, Crowd crowd) {
    String all = Integer.toString(TIMES * THREADS);
    assertEquals(all, seen.get("healthy").get("connected"), seen::toString);
    assertEquals(all, seen.get("sockets").get("connected"), seen::toString);
    assertTrue(crowd.accepted() >= 2 * TIMES * THREADS, () -> crowd.accepted() + " accepted");
  }

  private static void assertWithin(long limitMillis, Map<String, Facts> seen) {
    long millis = millis(seen.get("sockets"));
    assertTrue(millis <= limitMillis, () -> millis + " ms > " + limitMillis + ", " + seen);
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
