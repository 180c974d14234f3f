package io.heagent.it.crowd;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.Crowd;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.parallel.Isolated;

/** Thousands of virtual threads connect at once, and none holds its carrier longer than before. */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
@Isolated("measures what the whole machine does")
class VirtualThreadsIT {
  private static final int MOST_THREADS = 10_000;

  /** Each has a descriptor, those whose siblings are being dialled two, the JVM some of its own. */
  private static final int THREADS = (int) Math.min(MOST_THREADS, descriptors() / 2);

  private static final int PLAIN_THREADS = 1_000;

  /** How often at most. The first times the JVM is still busy compiling. */
  private static final int TIMES = 12;

  /** Without the agent once is enough: nobody connects, the first time or later. */
  private static final int PLAIN_TIMES = 1;

  private static final int DELAY_MILLIS = 100;
  private static final int DEFAULT_DELAY_MILLIS = 250;
  private static final int SECOND_MILLIS = 1_000;

  /** Without history every thread dials the dead address and waits for it. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void allConnectWithoutPinning() throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD, Hosts.SECOND);
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = hosts()) {
      Map<String, Facts> plain = probe(jvm(hosts), dead.port(), PLAIN_THREADS, 500, PLAIN_TIMES, 0);
      ForkedJvm raced = jvm(hosts).agent(AgentLab.JAR, "history=off,delay=" + DELAY_MILLIS + "ms");
      int limit = DELAY_MILLIS + SECOND_MILLIS;
      Map<String, Facts> agent = probe(raced, port, THREADS, 60_000, TIMES, limit);
      System.out.println("plain: " + plain.values());
      System.out.println("agent: " + agent.values());
      int pinned = Integer.parseInt(agent.get("end").get("pinned"));
      assertAll(
          () -> assertEquals("0", plain.get("sockets").get("connected")),
          () -> assertAllConnected(agent, crowd),
          () ->
              assertEquals(Integer.toString(THREADS / 10), agent.get("channels").get("connected")),
          () -> assertWithinASecondAfter(DELAY_MILLIS, agent),
          () ->
              assertTrue(
                  pinned <= Integer.parseInt(plain.get("end").get("pinned")), agent::toString));
    }
  }

  /**
   * With the default settings the delay is 250 ms, and most threads follow what the first ones have
   * found.
   */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void allConnectASecondAfterTheDelayToAnAddressOfWhichNothingIsKnown() throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = hosts()) {
      ForkedJvm raced = jvm(hosts).agent(AgentLab.JAR, "");
      int limit = DEFAULT_DELAY_MILLIS + SECOND_MILLIS;
      Map<String, Facts> agent = probe(raced, dead.port(), THREADS, 60_000, TIMES, limit);
      System.out.println("by default: " + agent.values());
      assertAllConnected(agent, crowd);
      assertWithinASecondAfter(DEFAULT_DELAY_MILLIS, agent);
    }
  }

  private static HostsFile hosts() throws Exception {
    Map<String, List<String>> names = new HashMap<>();
    names.put(ChannelScenario.GOOD_FIRST.host(), ChannelScenario.GOOD_FIRST.addresses());
    for (String name : VirtualProbe.names(TIMES)) {
      names.put(name, ChannelScenario.DEAD_FIRST.addresses());
    }
    return HostsFile.of(names);
  }

  private static Map<String, Facts> probe(
      ForkedJvm jvm, int port, int threads, int timeoutMillis, int times, int limitMillis)
      throws Exception {
    return Side.facts(jvm, VirtualProbe.class, port, threads, timeoutMillis, times, limitMillis);
  }

  private static void assertAllConnected(Map<String, Facts> seen, Crowd crowd) {
    int times = Integer.parseInt(seen.get("sockets").get("times"));
    String all = Integer.toString(times * THREADS);
    assertEquals(all, seen.get("healthy").get("connected"), seen::toString);
    assertEquals(all, seen.get("sockets").get("connected"), seen::toString);
    // Each of the last ones may have been closed before it was accepted.
    int accepted = crowd.accepted();
    assertTrue(accepted > 2 * (times - 1) * THREADS, () -> accepted + " accepted");
  }

  /**
   * The limit is a second after the delay, or more on a machine so busy that as many connects to a
   * good address take over half a second.
   */
  private static void assertWithinASecondAfter(int delayMillis, Map<String, Facts> seen) {
    long millis = millis(seen.get("sockets"));
    long limit = delayMillis + Math.max(SECOND_MILLIS, 2 * millis(seen.get("healthy")));
    assertTrue(millis <= limit, () -> millis + " ms > " + limit + ", " + seen);
  }

  private static long millis(Facts facts) {
    return Long.parseLong(facts.get("shortest of these ms"));
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
