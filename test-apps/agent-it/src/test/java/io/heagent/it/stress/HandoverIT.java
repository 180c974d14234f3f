package io.heagent.it.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.channel.OpenChannelLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No event is lost, and none comes that is not the program's, when a race fails or ends. */
@Tag("jvm")
@Tag("beside-others")
@Tag("soak")
class HandoverIT {
  private static final int SHORT = 10_000;
  private static final int LONG = 500_000;
  private static final int REFUSED = 2_000;

  @RegisterExtension static final OpenChannelLab lab = new OpenChannelLab();

  @Test
  void whatIsRegisteredOrChangedWhileTheRaceEndsIsServed() throws Exception {
    Map<String, Facts> seen =
        Side.facts(
            opened(lab.agent("delay=100ms,history=off").withC2()), HandoverProbe.class, lab.port());
    assertAll(
        () -> assertEquals("ok", seen.get("registered").get("result")),
        () -> assertEquals("ok", seen.get("interest changed").get("result")));
  }

  /** Very many connects meet the end of their race by chance. Each must be told exactly once. */
  @Test
  void noneOfVeryManyIsLost() throws Exception {
    boolean nightly = Boolean.getBoolean("heagent.nightly");
    int count = nightly ? LONG : SHORT;
    ForkedJvm jvm =
        lab.agent("delay=10ms,history=off").withC2().limit(Duration.ofMinutes(nightly ? 60 : 4));
    Facts seen = Side.facts(jvm, RegisterProbe.class, count).get("registered");
    System.out.println(seen);
    assertAll(
        () -> assertEquals(Integer.toString(count), seen.get("connected"), seen::toString),
        () -> assertEquals("0", seen.get("lost"), seen::toString),
        () -> assertEquals("0", seen.get("false"), seen::toString),
        () -> assertEquals("0", seen.get("failed"), seen::toString));
  }

  /**
   * A race whose first address has failed waits ten delays for silent siblings: long enough here.
   */
  @Test
  void oneSelectBearsThousandsOfRefusalsOnASmallStack() throws Exception {
    ForkedJvm jvm = opened(lab.agent("delay=2s,history=off")).flags("-Xss180k");
    Facts seen =
        Side.facts(jvm, ManyRefusedProbe.class, lab.port(), REFUSED).get("refused one by one");
    int deeper = Integer.parseInt(seen.get("deeper"));
    assertAll(
        () -> assertEquals("1", seen.get("found"), seen::toString),
        () -> assertEquals("true", seen.get("own"), seen::toString),
        () -> assertTrue(deeper <= 2, seen::toString));
  }

  private static ForkedJvm opened(ForkedJvm jvm) {
    return jvm.flags("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
  }
}
