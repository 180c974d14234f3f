package io.heagent.it.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Side;
import io.heagent.it.netty.NettyJars;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * gRPC races by itself where it is told to. Its connects on epoll are its own then, and end as they
 * do without the agent.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class OwnRaceIT {
  private static final NettyClient CLIENT = NettyClient.GRPC_NETTY_SHADED;

  @Test
  void grpcsOwnRaceReachesTheSameWithTheAgent() throws Exception {
    assumeTrue(NettyJars.areForThisMachine(), "Netty's native code is for x86_64 here");
    // Longer than the JVMs may live: only a race gets past the dead address.
    Map<Call, Integer> timeouts = new LinkedHashMap<>();
    for (Scenario scenario :
        List.of(
            Scenario.GOOD_FIRST,
            Scenario.DEAD_FIRST,
            Scenario.REFUSED_FIRST,
            Scenario.DEAD_REFUSED_GOOD)) {
      timeouts.put(new Call(scenario, false), ClientLab.LONG);
    }
    List<Callable<ClientRun>> runs =
        List.of(
            () -> call(racing(), timeouts),
            () -> call(racing().agent(AgentLab.JAR, "history=off"), timeouts));
    for (ClientRun run : Side.bySide(runs)) {
      run.outcomes()
          .forEach(
              (call, seen) ->
                  assertEquals(
                      CLIENT.answer("epoll", false),
                      seen.text().toLowerCase(Locale.ROOT),
                      () -> call + ": " + seen));
      assertEquals(List.of(), run.said());
    }
  }

  /** On ports of its own, as the program brings its server along. */
  private static ClientRun call(ForkedJvm jvm, Map<Call, Integer> timeouts) throws Exception {
    try (ClientLab lab = ClientLab.open()) {
      return lab.call(CLIENT, jvm, timeouts);
    }
  }

  private static ForkedJvm racing() {
    return CLIENT
        .jvm()
        .environment("GRPC_PF_USE_HAPPY_EYEBALLS", "true")
        .environment("GRPC_EXPERIMENTAL_ENABLE_NEW_PICK_FIRST", "true");
  }
}
