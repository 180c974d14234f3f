package io.heagent.it.manners;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Self;
import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.List;
import java.util.Map;

/**
 * Does to connecting channels what programs do, and checks what the JDK documents. Arguments: the
 * port; "agent", or "plain" for what a JVM without the agent can do too.
 */
public final class MannersProbe {
  private MannersProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    boolean agent = args[1].equals("agent");
    Cases.run("warm-up", () -> warmUp(port));
    Map<String, String> before = Self.open();
    new ChannelManners(port).run();
    new AsyncManners(port).run();
    new ClosingManners(ChannelScenario.DEAD_FIRST.address(port)).run();
    if (agent) {
      new ClosingManners(ChannelScenario.REFUSED_DEAD_GOOD.address(port)).run();
      new SelectorManners(port).run();
      new WakeupManners(port).run();
    }
    new Facts("end")
        .put("result", "ok")
        .put("descriptors", Self.backTo(before))
        .put("threads", agent ? threadsWhileRacing(port) : List.of())
        .print();
  }

  private static List<String> threadsWhileRacing(int port) throws IOException {
    List<String> threads = List.of();
    try (var channel = Racing.connecting(ChannelScenario.ALL_DEAD.address(port))) {
      for (int i = 0; i < 1000 && threads.isEmpty(); i++) {
        Racing.letPass(10);
        threads = Self.agentThreads();
      }
      Cases.equal(false, channel.finishConnect());
    }
    return threads;
  }

  /** So that what is loaded and opened once does not count as left open. */
  private static void warmUp(int port) throws Exception {
    AsynchronousSocketChannel.open().close();
    try (var channel = Racing.connecting(ChannelScenario.ALL_DEAD.address(port))) {
      Racing.letPass(250);
      Cases.equal(false, channel.finishConnect());
    }
    Racing.letPass(50);
  }
}
