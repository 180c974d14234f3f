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

/** Thousands of virtual threads connect at once, and none holds its carrier meanwhile. */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
@Isolated("measures what the whole machine does")
class VirtualThreadsIT {
  private static final int MOST_THREADS = 10_000;

  /** Each has a descriptor, those whose siblings are being dialled two, the JVM some of its own. */
  private static final int THREADS = (int) Math.min(MOST_THREADS, descriptors() / 2);

  private static final int PLAIN_THREADS = 1_000;

  /** The first time the JVM is still busy compiling. */
  private static final int TIMES = 2;

  /** Without the agent once is enough: nobody connects, the first time or later. */
  private static final int PLAIN_TIMES = 1;

  /** On each machine, so that it is the same everywhere what held carriers would cost. */
  private static final int CARRIERS = 2;

  /** How many the JDK makes at most in place of held ones, unless it is told otherwise. */
  private static final int MOST_CARRIERS = 256;

  /** Long enough for far more threads than carriers to begin within it on a slow machine. */
  private static final String DELAY = "delay=1s";

  /**
   * A tenth of what it takes at least if each thread holds its carrier for half the delay: ten
   * thousand half seconds on two carriers.
   */
  private static final Duration LIMIT = Duration.ofSeconds(250);

  /** Without history every thread dials the dead address and waits for it. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void allConnectWithoutPinning() throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD, Hosts.SECOND);
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = hosts()) {
      Map<String, Facts> plain = probe(jvm(hosts), dead.port(), PLAIN_THREADS, 500, PLAIN_TIMES);
      ForkedJvm raced = jvm(hosts).agent(AgentLab.JAR, "history=off," + DELAY);
      Map<String, Facts> agent = probe(raced, port, THREADS, 60_000, TIMES);
      System.out.println("plain: " + plain.values());
      System.out.println("agent: " + agent.values());
      int pinned = Integer.parseInt(agent.get("end").get("pinned"));
      assertAll(
          () -> assertEquals("0", plain.get("sockets").get("connected")),
          () -> assertAllConnected(agent, crowd),
          () ->
              assertEquals(Integer.toString(THREADS / 10), agent.get("channels").get("connected")),
          () -> assertNoneHoldsItsCarrier(agent),
          () ->
              assertTrue(
                  pinned <= Integer.parseInt(plain.get("end").get("pinned")), agent::toString));
    }
  }

  /** With history most threads follow what the first ones have found, and wait for them so long. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void allConnectToAnAddressOfWhichNothingIsKnownWithoutHoldingCarriers() throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = hosts()) {
      ForkedJvm raced = jvm(hosts).agent(AgentLab.JAR, DELAY);
      Map<String, Facts> agent = probe(raced, dead.port(), THREADS, 60_000, TIMES);
      System.out.println("by default: " + agent.values());
      assertAllConnected(agent, crowd);
      assertNoneHoldsItsCarrier(agent);
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
      ForkedJvm jvm, int port, int threads, int timeoutMillis, int times) throws Exception {
    return Side.facts(jvm, VirtualProbe.class, port, threads, timeoutMillis, times, 0);
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
   * A thread that held its carrier while it waits for the dead address would keep all others from
   * beginning to connect, but for those on other carriers. If threads held their carriers later,
   * they would go on one after the other, and not be done within the {@link #LIMIT}.
   */
  private static void assertNoneHoldsItsCarrier(Map<String, Facts> seen) {
    int atOnce = Integer.parseInt(seen.get("sockets").get("at once"));
    assertTrue(atOnce > MOST_CARRIERS, () -> atOnce + " in their connects at once, " + seen);
  }

  /** How many a process may have open. */
  private static long descriptors() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return ((UnixOperatingSystemMXBean) system).getMaxFileDescriptorCount();
  }

  private static ForkedJvm jvm(HostsFile hosts) {
    return ForkedJvm.onThisJdk()
        .withC2()
        .limit(LIMIT)
        .flags(hosts.flag())
        .flags("-Djdk.virtualThreadScheduler.parallelism=" + CARRIERS);
  }
}
