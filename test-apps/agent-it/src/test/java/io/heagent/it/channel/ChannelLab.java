package io.heagent.it.channel;

import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.lab.AgentLab;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.Loopback;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The lab of the agent's tests, with a dead IPv6 host, and at a second port a good one. */
public final class ChannelLab implements Closeable {
  private final Deque<Closeable> open = new ArrayDeque<>();
  private final AgentLab lab;
  private final int second;

  public ChannelLab() throws IOException {
    lab = AgentLab.talk();
    open.push(lab);
    try {
      for (ChannelScenario scenario : ChannelScenario.possible()) {
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

  public int port() {
    return lab.port();
  }

  int second() {
    return second;
  }

  public AgentLab lab() {
    return lab;
  }

  /** A JVM without the agent that keeps the order of the names' addresses. */
  public ForkedJvm plain() {
    return lab.plain().flags("-Djava.net.preferIPv6Addresses=system");
  }

  public ForkedJvm agent(String arguments) {
    return plain().agent(AgentLab.JAR, arguments);
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
