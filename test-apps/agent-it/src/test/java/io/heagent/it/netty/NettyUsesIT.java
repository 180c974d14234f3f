package io.heagent.it.netty;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A channel gets its outcome also if the program does something unusual to it while it connects.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
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
   * Netty has dialled the requested address by itself when the race begins. History puts a sibling
   * before it from the second connect on, but the descriptor can dial nothing else any more.
   */
  @ParameterizedTest
  @EnumSource
  void dataThatGoesWithTheSynLeavesTheRequestedAddressFirst(NettyJars netty) throws Exception {
    List<String> hosts =
        List.of(Scenario.DEAD_FIRST.host(Service.TALK), Scenario.REFUSED_FIRST.host(Service.TALK));
    ForkedJvm.Outcome outcome =
        netty
            .agent(lab, "")
            .run(NettyEarlyDataProbe.class, String.valueOf(lab.port()), hosts.get(0), hosts.get(1));
    Map<String, Facts> all = Facts.parse(outcome.stdout());
    assertEquals("", outcome.stderr(), outcome::stdout);
    assertEquals(6, all.size(), outcome::stdout);
    assertAll(all.values().stream().map(seen -> () -> assertReached(seen)));
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
