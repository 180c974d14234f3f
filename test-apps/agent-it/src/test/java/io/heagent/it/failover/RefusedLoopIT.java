package io.heagent.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.channel.ChannelLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A program that connects again without a pause after each refusal is not slowed down, and reaches
 * a good address once there is one.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class RefusedLoopIT {
  private static final int TIMES = 2_000;

  @Test
  void siblingsAreDialledNowAndThen() throws Exception {
    Map<String, Facts> seen;
    try (ChannelLab lab = new ChannelLab()) {
      seen = Side.facts(lab.agent(""), RefusedLoopProbe.class, TIMES);
    }
    assertEquals(3, seen.size());
    for (Facts way : seen.values()) {
      // A channel that does not block hears of each refusal by an event, and so by its race.
      String plain = String.valueOf(!way.name().equals("selector"));
      assertEquals("16", way.get("named at first"), way::toString);
      assertEquals(plain, way.get("some plain"), way::toString);
      assertEquals("0", way.get("frames of the agent"), way::toString);
      assertEquals("true", way.get("cured"), way::toString);
    }
  }
}
