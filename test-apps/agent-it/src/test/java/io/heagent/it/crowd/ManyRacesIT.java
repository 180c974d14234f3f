package io.heagent.it.crowd;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Thousands of races at once need one thread, and leave nothing behind. */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
@Isolated("measures what the whole machine does")
class ManyRacesIT {
  /** Each has two descriptors while it races; 20,000 is what a process may have open here. */
  private static final int RACES = 5_000;

  private static final int DELAY_MILLIS = 2_000;
  private static final int TENTH_MILLIS = DELAY_MILLIS / 10;

  /**
   * As often as a JVM may take until it is through with compiling, which takes as much of the two
   * processors as the races do, and until the kernel has not lost a SYN in its loopback queue of
   * 1,000 packets: that one costs a second.
   */
  private static final int ROUNDS = 25;

  private static final int PLAIN_ROUNDS = 5;
  private static final int REDIAL_ROUNDS = 2;

  private static final int SOME = 500;

  @Test
  void allConnectWithinTheDelayAndATenthByOneThread() throws Exception {
    many("dup", ROUNDS, 1, true);
  }

  /** Each race dials its winner once more, which takes longer. How much longer is printed. */
  @Test
  void areServedByOneThreadWhereWinnersAreDialledAgain() throws Exception {
    many("redial", REDIAL_ROUNDS, 2, false);
  }

  private static void many(String adoption, int rounds, int dials, boolean timed) throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    String name = ChannelScenario.DEAD_FIRST.host();
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = HostsFile.of(name, Hosts.DEAD, Hosts.GOOD)) {
      long limit = timed ? limit(dead.port()) : Long.MAX_VALUE;
      int before = crowd.accepted();
      ForkedJvm raced =
          jvm(hosts)
              .agent(AgentLab.JAR, "delay=" + DELAY_MILLIS + "ms,history=off,adoption=" + adoption);
      Facts seen = many(raced, dead.port(), rounds, DELAY_MILLIS + TENTH_MILLIS);
      int accepted = crowd.accepted() - before;
      System.out.println(adoption + ": " + seen);
      // Where winners are dialled again, a connection that is closed may not have been accepted
      // before.
      assertAll(
          () -> assertEquals(Integer.toString(RACES), seen.get("connected")),
          () -> assertEquals(Integer.toString(RACES), seen.get("named")),
          () -> assertEquals("0", seen.get("empty")),
          () -> assertEquals("[he-agent-loop]", seen.get("threads")),
          () -> assertEquals("back", seen.get("descriptors")),
          () -> assertEquals("false", seen.get("watching")),
          () -> assertTrue(accepted <= dials * (rounds * RACES + 1), () -> accepted + " accepted"),
          () -> assertTrue(longest(seen) <= limit, () -> limit + " ms: " + seen));
    }
  }

  /** On a machine that needs longer than a tenth for a good address, the winner may do so too. */
  private static long limit(int port) throws Exception {
    try (HostsFile healthy = HostsFile.of(ChannelScenario.DEAD_FIRST.host(), Hosts.GOOD)) {
      Facts plain = many(jvm(healthy), port, PLAIN_ROUNDS, TENTH_MILLIS);
      System.out.println("healthy, without the agent: " + plain);
      return DELAY_MILLIS + Math.max(TENTH_MILLIS, longest(plain));
    }
  }

  /**
   * In a crowd, the agent opens the channels for the next addresses in the second half of the
   * delay.
   */
  @Test
  void giveBackWhatWasMadeAheadWhenTheProgramGivesUp() throws Exception {
    int then = givenUp(8 * SOME);
    assertTrue(then > SOME * 3 / 2, () -> "nothing was made ahead: " + then);
  }

  /** The agent leaves free the descriptors that the program may need for something else. */
  @Test
  void leaveHalfOfTheDescriptorsAlone() throws Exception {
    int then = givenUp(2 * SOME);
    assertTrue(then < SOME + 10, () -> "made ahead all the same: " + then);
  }

  /** How many descriptors the races of a JVM that may have so many hold late in the delay. */
  private static int givenUp(int limit) throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    String name = ChannelScenario.DEAD_FIRST.host();
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        HostsFile hosts = HostsFile.of(name, Hosts.DEAD, Hosts.GOOD)) {
      ForkedJvm raced =
          jvm(hosts)
              .under("bash", "-c", "ulimit -n " + limit + " && exec \"$@\"", "bash")
              .agent(AgentLab.JAR, "delay=2s,history=off");
      Facts seen =
          Side.facts(raced, GivenUpProbe.class, dead.port(), SOME, DELAY_MILLIS * 3 / 4)
              .get("given up");
      assertEquals("0", seen.get("connected"));
      assertEquals("back", seen.get("descriptors"));
      assertEquals("false", seen.get("watching"));
      return Integer.parseInt(seen.get("descriptors then"));
    }
  }

  private static Facts many(ForkedJvm jvm, int port, int rounds, long limit) throws Exception {
    return Side.facts(jvm, ManyRacesProbe.class, port, RACES, rounds, limit).get("many");
  }

  private static long longest(Facts seen) {
    return Long.parseLong(seen.get("shortest of these ms"));
  }

  private static ForkedJvm jvm(HostsFile hosts) {
    return ForkedJvm.onThisJdk()
        .withC2()
        .limit(Duration.ofMinutes(3))
        .flags(hosts.flag(), "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
  }
}
