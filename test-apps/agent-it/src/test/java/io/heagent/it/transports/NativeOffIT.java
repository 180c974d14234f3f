package io.heagent.it.transports;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Side;
import io.heagent.it.netty.NettyJars;
import io.heagent.it.transports.ClientRun.Outcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * With {@code native=off} clients stay on epoll, and get what they get without the agent: a dead
 * address costs them their timeout.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class NativeOffIT {
  private static final List<NettyClient> CLIENTS =
      List.of(NettyClient.REACTOR_NETTY_13, NettyClient.GRPC_NETTY_SHADED, NettyClient.LETTUCE);

  private static final Call GOOD = new Call(Scenario.GOOD_FIRST, false);
  private static final Call DEAD = new Call(Scenario.DEAD_FIRST, false);
  private static final Call REFUSED = new Call(Scenario.REFUSED_FIRST, false);

  @Test
  void clientsAreLeftAlone() throws Exception {
    assumeTrue(NettyJars.areForThisMachine(), "Netty's native code is for x86_64 here");
    Map<Call, Integer> timeouts = new LinkedHashMap<>();
    timeouts.put(GOOD, ClientLab.LONG);
    timeouts.put(REFUSED, ClientLab.LONG);
    timeouts.put(DEAD, ClientLab.SHORT);
    List<Callable<ClientRun>> runs = new ArrayList<>();
    List<Executable> checks = new ArrayList<>();
    try (ClientLab lab = ClientLab.open()) {
      for (NettyClient client : CLIENTS) {
        runs.add(() -> lab.call(client, client.jvm().agent(AgentLab.JAR, "native=off"), timeouts));
      }
      Iterator<ClientRun> outcomes = Side.bySide(runs).iterator();
      for (NettyClient client : CLIENTS) {
        ClientRun run = outcomes.next();
        checks.add(() -> check(client, run));
      }
    }
    assertAll(checks);
  }

  private static void check(NettyClient client, ClientRun run) {
    Outcome good = run.outcomes().get(GOOD);
    Outcome dead = run.outcomes().get(DEAD);
    Outcome refused = run.outcomes().get(REFUSED);
    assertAll(
        client.toString(),
        () ->
            assertEquals(
                client.answer("epoll", false),
                good.text().toLowerCase(Locale.ROOT),
                good::toString),
        () -> assertTrue(dead.millis() >= ClientLab.SHORT, dead::toString),
        () -> assertEquals(client.walks(), refused.ok(), refused::toString),
        () -> assertEquals(List.of(), run.said()));
  }
}
