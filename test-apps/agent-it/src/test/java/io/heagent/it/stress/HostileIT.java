package io.heagent.it.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.channel.OpenChannelLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a program does to channels that race, no connection is lost, leaked or mixed up with
 * another.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("soak")
class HostileIT {
  private static final long SHORT = 20_000;
  private static final long LONG = 1_000_000;

  @RegisterExtension static final OpenChannelLab lab = new OpenChannelLab();

  @ParameterizedTest
  @ValueSource(strings = {"adoption=dup,history=off", "adoption=redial,history=off"})
  void harmsNobody(String settings) throws Exception {
    harm(settings);
  }

  @Test
  @Tag("one-jdk")
  void harmsNobodyWithHistory() throws Exception {
    harm("adoption=dup");
  }

  private static void harm(String settings) throws Exception {
    boolean nightly = Boolean.getBoolean("heagent.nightly");
    long seed = Long.getLong("heagent.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    ForkedJvm jvm =
        lab.agent("delay=10ms," + settings).withC2().limit(Duration.ofMinutes(nightly ? 240 : 8));
    Facts seen =
        Side.facts(jvm, HostileProbe.class, lab.port(), nightly ? LONG : SHORT, seed)
            .get("hostile");
    System.out.println(settings + ": " + seen);
    assertAll(
        () -> assertEquals("[]", seen.get("wrong"), seen::toString),
        () -> assertEquals("back", seen.get("descriptors"), seen::toString),
        () -> assertEquals("back", seen.get("threads"), seen::toString),
        // Channels did connect and talk.
        () -> assertTrue(seen.get("counts").contains("connected="), seen::toString),
        () -> assertTrue(seen.get("counts").contains("talked="), seen::toString));
  }
}
