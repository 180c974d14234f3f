package io.heagent.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.it.lab.TimedWay;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A race may fail while its first attempt, dropped for a later one, is still pending in the kernel:
 * the program is told at once, and not when the kernel gives up two minutes later.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class DroppedIT {
  private static final String NAME = "dead-then-refused.test";
  private static final int PATIENCE_MILLIS = 60_000;

  @ParameterizedTest
  @EnumSource
  void failureIsToldWhileTheDroppedAttemptIsPending(TimedWay way) throws Exception {
    int port = FreePort.on(Hosts.DEAD, Hosts.REFUSED);
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port);
        HostsFile hosts = HostsFile.of(NAME, Hosts.DEAD, Hosts.REFUSED)) {
      ForkedJvm jvm =
          ForkedJvm.onThisJdk()
              .flags(hosts.flag())
              .agent(AgentLab.JAR, "delay=100ms,max-in-flight=1,history=off");
      Facts seen =
          Side.facts(jvm, WalkProbe.class, way, dead.port(), PATIENCE_MILLIS, NAME).get(NAME);
      assertEquals("2", seen.get("tried"), seen::toString);
      // Not the time-out that the program would have had a minute later.
      assertEquals("java.net.ConnectException", seen.get("first failure"), seen::toString);
    }
  }
}
