package io.heagent.it.netty.hostile;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Side;
import io.heagent.it.netty.NettyCase;
import io.heagent.it.netty.NettyJars;
import io.heagent.testkit.jvm.ForkedJvm;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Channels are closed during their races, and others get their descriptors' numbers: no connection
 * is lost, leaked or mixed up with another.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("soak")
@Tag("one-jdk")
class NettyHostileIT extends NettyCase {
  private static final int SHORT = 5_000;
  private static final int LONG = 200_000;

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
        // The probe did close channels while they raced.
        () -> assertTrue(seen.get("counts").contains("talked="), seen::toString),
        () -> assertTrue(seen.get("counts").contains("closed="), seen::toString));
  }
}
