package io.heagent.it.netty;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is closed mid-race, and whoever gets its number: nothing is lost, leaked or crossed. */
@Tag("jvm")
@Tag("soak")
class NettyHostileIT {
  private static final int SHORT = 5_000;
  private static final int LONG = 200_000;

  private static AgentLab lab;

  @BeforeAll
  static void open() throws IOException {
    assumeTrue(NettyJars.areForThisMachine(), "Netty's native code is for x86_64 here");
    lab = AgentLab.talk();
  }

  @AfterAll
  static void close() throws IOException {
    if (lab != null) {
      lab.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void harmsNobody(NettyJars netty) throws Exception {
    boolean nightly = Boolean.getBoolean("heagent.nightly");
    long seed = Long.getLong("heagent.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    ForkedJvm jvm =
        netty.agent(lab, "delay=20ms,history=off").limit(Duration.ofMinutes(nightly ? 60 : 8));
    Facts seen =
        Side.facts(
                jvm,
                NettyHostileProbe.class,
                lab.port(),
                nightly ? LONG : SHORT,
                seed,
                Scenario.SINGLE.host(Service.TALK),
                Scenario.DEAD_FIRST.host(Service.TALK),
                Scenario.REFUSED_FIRST.host(Service.TALK),
                Scenario.DEAD_REFUSED_GOOD.host(Service.TALK),
                Scenario.GOOD_FIRST.host(Service.TALK))
            .get("hostile");
    System.out.println(netty + ": " + seen);
    assertAll(
        () -> assertEquals("[]", seen.get("wrong"), seen::toString),
        () -> assertEquals("back", seen.get("descriptors"), seen::toString),
        // That it was a fight at all.
        () -> assertTrue(seen.get("counts").contains("talked="), seen::toString),
        () -> assertTrue(seen.get("counts").contains("closed="), seen::toString));
  }
}
