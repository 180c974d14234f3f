package io.heagent.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.testkit.BannerServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.HostsFile;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a dead first address costs where packets take their time, with the settings that the agent
 * comes with: the first connect pays the delay, each further one what a connect to the good address
 * costs without the agent.
 */
@Tag("netns")
@Isolated("compares times")
@Tag("one-jdk")
@Timeout(180)
class RoundTripIT {
  private static final int CONNECTS = 20;

  /**
   * At most so many: on a busy machine the comparison is repeated, and the best time of each side
   * counts.
   */
  private static final int ROUNDS = 5;

  private static final double MOST = 1.05;
  private static final long DELAY_NANOS = 250_000_000L;
  private static final long ROUND_TRIP_NANOS = 100_000_000L;
  private static final String DEAD = NetworkNamespace.DROPPED.ipv4().getHostAddress();
  private static final String GOOD = NetworkNamespace.SLOW_100_MS.ipv4().getHostAddress();

  private BannerServer server;

  @BeforeEach
  void needsNamespace() throws IOException {
    assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().get());
    server = BannerServer.plain("::", 0);
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blocking", "selected"})
  void onlyTheFirstConnectPays(String way) throws Exception {
    List<String> seen = new ArrayList<>();
    long without = Long.MAX_VALUE;
    long with = Long.MAX_VALUE;
    try (HostsFile hosts =
        HostsFile.of(Map.of("good.test", List.of(GOOD), "dead.test", List.of(DEAD, GOOD)))) {
      for (int i = 0; i < ROUNDS && (i == 0 || with > MOST * without); i++) {
        ForkedJvm plain = ForkedJvm.onThisJdk().flags(hosts.flag());
        long[] good = connects(plain, way, "good.test");
        ForkedJvm agent = ForkedJvm.onThisJdk().flags(hosts.flag()).agent(AgentLab.JAR, "");
        long[] dead = connects(agent, way, "dead.test");
        assertTrue(dead[0] >= DELAY_NANOS + ROUND_TRIP_NANOS, dead[0] + " ns");
        without = Math.min(without, medianOfFurther(good));
        with = Math.min(with, medianOfFurther(dead));
        seen.add(medianOfFurther(dead) + " ns, without " + medianOfFurther(good));
      }
    }
    double ratio = (double) with / without;
    assertTrue(ratio <= MOST, () -> ratio + " from the medians after the first: " + seen);
  }

  /** How long each took. */
  private long[] connects(ForkedJvm jvm, String way, String host) throws Exception {
    ForkedJvm.Outcome outcome =
        jvm.run(
            InTurnProbe.class,
            way,
            host,
            Integer.toString(server.port()),
            Integer.toString(CONNECTS));
    assertEquals("", outcome.stderr());
    Map<String, Facts> facts = Facts.parse(outcome.stdout());
    assertEquals(CONNECTS, facts.size(), outcome::toString);
    long[] nanos = new long[CONNECTS];
    for (int i = 0; i < CONNECTS; i++) {
      Facts connect = facts.get(Integer.toString(i + 1));
      assertEquals(GOOD, connect.get("peer"), connect::toString);
      nanos[i] = Long.parseLong(connect.get("nanos"));
    }
    return nanos;
  }

  private static long medianOfFurther(long[] nanos) {
    long[] further = Arrays.copyOfRange(nanos, 1, nanos.length);
    Arrays.sort(further);
    return further[further.length / 2];
  }
}
