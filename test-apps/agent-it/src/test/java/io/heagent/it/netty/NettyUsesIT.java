package io.heagent.it.netty;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Side;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A channel gets its outcome also if the program does something unusual to it while it connects.
 */
@Tag("jvm")
@Tag("every-jdk")
class NettyUsesIT extends NettyCase {
  private static final String REFUSED = "AnnotatedConnectException";
  private static final String SILENT = "ConnectTimeoutException";

  @ParameterizedTest
  @EnumSource
  void eachConnectHasItsOutcome(NettyJars netty) throws Exception {
    String good = Scenario.REFUSED_FIRST.host(Service.TALK);
    String refused = Scenario.ALL_REFUSED.host(Service.TALK);
    Map<String, Facts> all =
        Side.facts(
            netty.agent(lab, "history=off"), NettyUsesProbe.class, lab.port(), good, refused);
    System.out.println(netty + ": " + all.values());
    assertAll(
        () -> assertReached(all.get("waiting")),
        () -> assertMoved(netty, all.get("moved " + good)),
        () -> assertMovedAndRefused(netty, all.get("moved " + refused)),
        () -> assertReached(all.get("full " + good)),
        () -> assertEquals(REFUSED, all.get("full " + refused).get("outcome")),
        () -> assertLeftAlone(all.get("signed")));
  }

  /**
   * Netty 4.2 does not go on with the connect of a channel that was moved, with or without the
   * agent. The test checks that no success is told.
   */
  private static void assertMoved(NettyJars netty, Facts seen) {
    if (netty == NettyJars.NETTY_41) {
      assertReached(seen);
    } else {
      assertEquals(SILENT, seen.get("outcome"), seen::toString);
    }
  }

  private static void assertMovedAndRefused(NettyJars netty, Facts seen) {
    String expected = netty == NettyJars.NETTY_41 ? REFUSED : SILENT;
    assertEquals(expected, seen.get("outcome"), seen::toString);
  }

  /** The system does not tell the keys that a channel has, so no sibling could have them. */
  private static void assertLeftAlone(Facts seen) {
    String outcome = seen.get("outcome");
    boolean noKeys = outcome.startsWith("io.netty.channel.ChannelException");
    assertTrue(outcome.equals(REFUSED) || noKeys, seen::toString);
  }

  private static void assertReached(Facts seen) {
    assertEquals(Service.TALK.address(), seen.get("outcome"), seen::toString);
    assertEquals("read", seen.get("line"), seen::toString);
  }
}
