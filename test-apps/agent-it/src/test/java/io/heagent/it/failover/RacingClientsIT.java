package io.heagent.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Dials;
import io.heagent.it.startup.AgentJar;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Strace;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Once an address is known to be dead, the program's own connects pass over it. A client that races
 * by itself still gets the address that it asks for, whenever its classes came into the JVM: the
 * agent looks at the stack only if the JVM has loaded some of them.
 */
@Tag("jvm")
@Tag("beside-others")
class RacingClientsIT {
  private static final String HOST = "known.mind.test";
  private static final String SETTINGS = "delay=100ms";

  @Test
  void isLoadedAfterTheAgentHasLooked() throws Exception {
    assertLeftAlone(RacingClientsProbe.LATE, withAgent(SETTINGS));
  }

  @Test
  @Tag("one-jdk")
  void isLoadedBeforeTheAgentLooks() throws Exception {
    assertLeftAlone(RacingClientsProbe.EARLY, withAgent(SETTINGS));
  }

  @Test
  @Tag("one-jdk")
  void isUsedByAnAgentBeforeThisOne() throws Exception {
    try (AgentJar other = AgentJar.of(RacingClientsProbe.class)) {
      ForkedJvm jvm = withOkHttp().agent(other.path(), "").agent(AgentLab.JAR, SETTINGS);
      assertLeftAlone(RacingClientsProbe.LATE, jvm);
    }
  }

  @Test
  @Tag("one-jdk")
  void isLoadedBeforeTheAgentIsAttached() throws Exception {
    ForkedJvm jvm = withOkHttp().flags("-Djdk.attach.allowAttachSelf=true");
    assertLeftAlone(RacingClientsProbe.EARLY, jvm, AgentLab.JAR.toString(), SETTINGS);
  }

  @Test
  @Tag("one-jdk")
  void isTakenForLoadedWhereNoTransformerStays() throws Exception {
    assertLeftAlone(RacingClientsProbe.LATE, withAgent(SETTINGS + ",native=off"));
  }

  private static ForkedJvm withAgent(String settings) {
    return withOkHttp().agent(AgentLab.JAR, settings);
  }

  private static ForkedJvm withOkHttp() {
    return ForkedJvm.onThisJdk().withLibraries();
  }

  /** OkHttp dials the dead address, and 250 ms later the good one. */
  private static void assertLeftAlone(String when, ForkedJvm jvm, String... attached)
      throws Exception {
    assumeTrue(Strace.canTrace(), "no strace, or no right to use it");
    int port = FreePort.on(List.of(Hosts.DEAD, Hosts.GOOD));
    try (HostsFile hosts = HostsFile.of(HOST, Hosts.DEAD, Hosts.GOOD);
        HttpOrigin good = HttpOrigin.http(Hosts.GOOD, port);
        BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Dials dials = new Dials()) {
      Stream<String> target = Stream.of(HOST, Integer.toString(dead.port()), when);
      String[] arguments = Stream.concat(target, Stream.of(attached)).toArray(String[]::new);
      ForkedJvm.Outcome outcome =
          dials.traced(jvm.flags(hosts.flag())).run(RacingClientsProbe.class, arguments);
      String said = outcome.stdout() + outcome.stderr();
      assertEquals(0, outcome.exitCode(), said);
      // The program's first race, and OkHttp's; the program's other connects pass over it.
      assertEquals(1, good.requests(), said);
      assertEquals(2, dials.dials(Hosts.DEAD), said);
      assertEquals(4, dials.dials(Hosts.GOOD), said);
    }
  }
}
