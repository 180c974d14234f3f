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
import io.heagent.probes.nio.ManyRacesProbe;
import io.heagent.probes.nio.NioScenario;
import io.heagent.probes.nio.NioScenario.Hosts;
import java.time.Duration;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of races at once need one thread, and leave nothing behind. */
@Isolated("measures what the whole machine does")
class ManyRacesIT {
  /** Each has two descriptors while it races; 20,000 is what a process may have open here. */
  private static final int RACES = 5_000;

  private static final int DELAY_MILLIS = 2_000;

  /** The first ones are a JVM's that is busy compiling. */
  private static final int ROUNDS = 6;

  /** There is less to compile. */
  private static final int PLAIN_ROUNDS = 3;

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void areServedByOneThread(String adoption) throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    String name = NioScenario.DEAD_FIRST.host();
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile healthy = HostsFile.of(name, Hosts.GOOD);
        HostsFile hosts = HostsFile.of(name, Hosts.DEAD, Hosts.GOOD)) {
      String settings = "delay=" + DELAY_MILLIS + "ms,history=off,adoption=" + adoption;
      Facts plain = many(jvm(healthy), dead.port(), PLAIN_ROUNDS);
      int before = crowd.accepted();
      Facts seen = many(jvm(hosts).agent(AgentLab.JAR, settings), dead.port(), ROUNDS);
      int accepted = crowd.accepted() - before;
      System.out.println("healthy, without the agent: " + plain + "\n" + adoption + ": " + seen);
      // The winner's one connection and, dialled again, one more: what is closed is not accepted
      // twice.
      long dials = adoption.equals("dup") ? 1 : 2;
      // The delay and a tenth, on a machine that does 5,000 connects at once in no time. What those
      // that win take here, where client, server and loop share few processors, comes on top.
      long limit = DELAY_MILLIS + DELAY_MILLIS / 10 + dials * longest(plain);
      assertAll(
          () -> assertEquals(Integer.toString(RACES), seen.get("connected")),
          () -> assertEquals(Integer.toString(RACES), seen.get("named")),
          () -> assertEquals("0", seen.get("empty")),
          () -> assertEquals("[he-agent-loop]", seen.get("threads")),
          () -> assertEquals("back", seen.get("descriptors")),
          () -> assertEquals("false", seen.get("watching")),
          () -> assertTrue(accepted <= dials * (ROUNDS * RACES + 1), () -> accepted + " accepted"),
          () -> assertTrue(longest(seen) <= limit, () -> longest(seen) + " ms > " + limit));
    }
  }

  private static Facts many(ForkedJvm jvm, int port, int rounds) throws Exception {
    return Side.facts(jvm, ManyRacesProbe.class, port, RACES, rounds).get("many");
  }

  private static ForkedJvm jvm(HostsFile hosts) {
    return ForkedJvm.onThisJdk()
        .limit(Duration.ofMinutes(3))
        .flags(hosts.flag(), "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
  }

  private static long longest(Facts facts) {
    return Long.parseLong(facts.get("shortest of the longest connects ms"));
  }
}
