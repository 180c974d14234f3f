package io.heagent.nio;

import io.heagent.agent.AgentLab;
import io.heagent.lab.BlackHole;
import io.heagent.lab.ForkedJvm;
import io.heagent.lab.FreePort;
import io.heagent.lab.Loopback;
import io.heagent.lab.TalkServer;
import io.heagent.probes.nio.NioScenario;
import io.heagent.probes.nio.NioScenario.Hosts;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The lab of the agent's tests, with a dead IPv6 host, and at a second port a good one. */
final class NioLab implements Closeable {
  private final Deque<Closeable> open = new ArrayDeque<>();
  private final AgentLab lab;
  private final int second;

  NioLab() throws IOException {
    lab = AgentLab.talk();
    open.push(lab);
    try {
      for (NioScenario scenario : NioScenario.possible()) {
        if (!scenario.addresses().isEmpty() && !scenario.isLiteral()) {
          lab.with(scenario.host(), scenario.addresses().toArray(String[]::new));
        }
      }
      if (Loopback.hasIpv6()) {
        second = FreePort.on(Hosts.DEAD, Hosts.IPV6);
        open.push(BlackHole.on(Hosts.IPV6, lab.port()));
        open.push(TalkServer.plain(Hosts.IPV6, second));
        open.push(BlackHole.on(Hosts.DEAD, second));
      } else {
        second = lab.port();
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  int port() {
    return lab.port();
  }

  int second() {
    return second;
  }

  AgentLab lab() {
    return lab;
  }

  /** A JVM without the agent that keeps the order of the names' addresses. */
  ForkedJvm plain() {
    return lab.plain().flags("-Djava.net.preferIPv6Addresses=system");
  }

  ForkedJvm agent(String arguments) {
    return plain().agent(AgentLab.JAR, arguments);
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
