package io.heagent.nio;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.AgentLab;
import io.heagent.lab.BlackHole;
import io.heagent.lab.ForkedJvm;
import io.heagent.lab.FreePort;
import io.heagent.lab.HostsFile;
import io.heagent.probes.Facts;
import io.heagent.probes.nio.ManyRacesProbe;
import io.heagent.probes.nio.NioScenario;
import io.heagent.probes.nio.NioScenario.Hosts;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of races at once need one thread, and leave nothing behind. */
class ManyRacesIT {
  /** Each has two descriptors while it races; 20,000 is what a process may have open here. */
  private static final int RACES = 5_000;

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void areServedByOneThread(String adoption) throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    String name = NioScenario.DEAD_FIRST.host();
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        Crowd crowd = new Crowd(Hosts.GOOD, port);
        HostsFile hosts = HostsFile.of(name, Hosts.DEAD, Hosts.GOOD)) {
      ForkedJvm jvm =
          ForkedJvm.onThisJdk()
              .limit(Duration.ofMinutes(3))
              .flags(hosts.flag(), "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
              .agent(AgentLab.JAR, "delay=2s,history=off,adoption=" + adoption);
      Facts seen = Side.facts(jvm, ManyRacesProbe.class, dead.port(), RACES).get("many");
      System.out.println(adoption + ": " + seen);
      // The winner's one connection and, dialled again, one more: what is closed is not accepted
      // twice.
      int connections = (RACES + 1) * (adoption.equals("dup") ? 1 : 2);
      assertAll(
          () -> assertEquals(Integer.toString(RACES), seen.get("connected")),
          () -> assertEquals(Integer.toString(RACES), seen.get("named")),
          () -> assertEquals("0", seen.get("empty")),
          () -> assertEquals("[he-agent-loop]", seen.get("threads")),
          () -> assertEquals("back", seen.get("descriptors")),
          () -> assertEquals("false", seen.get("watching")),
          () -> assertTrue(crowd.accepted() <= connections, () -> crowd.accepted() + " accepted"));
    }
  }
}
