package io.heagent.it.channel;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.it.lab.Self;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes every path in every scenario, all paths at the same time. Arguments: the two ports, "agent"
 * or "plain".
 */
public final class ChannelMatrixProbe {
  /** How long a connect that must hang is looked at; several times the delay of the tests. */
  public static final long PATIENCE_MILLIS = 600;

  private static final long LONG_MILLIS = 20_000;

  private ChannelMatrixProbe() {}

  public static void main(String[] args) throws Exception {
    int first = Integer.parseInt(args[0]);
    int second = Integer.parseInt(args[1]);
    boolean agent = args[2].equals("agent");
    List<Thread> threads = new ArrayList<>();
    for (ChannelPath path : ChannelPath.values()) {
      Thread thread =
          new Thread(
              () -> {
                for (ChannelScenario scenario : ChannelScenario.possible()) {
                  boolean hangs =
                      agent ? scenario.end() == ChannelScenario.End.HANGS : scenario.hangsPlain();
                  Facts facts = new Facts(name(path, scenario));
                  long patience = hangs ? PATIENCE_MILLIS : LONG_MILLIS;
                  one(path, scenario, scenario.port(first, second), patience, facts);
                }
              },
              path.name());
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    new Facts("end").put("threads", Self.agentThreads()).print();
  }

  /** The name of a case in the probe's output. */
  public static String name(ChannelPath path, ChannelScenario scenario) {
    return path + " " + scenario;
  }

  private static void one(
      ChannelPath path, ChannelScenario scenario, int port, long patience, Facts facts) {
    try {
      switch (path.kind()) {
        case SELECTED -> new SelectedConnect(path, facts).run(scenario.address(port), patience);
        case POLLED -> new PolledConnect(path, facts).run(scenario.address(port), patience);
        case ASYNC -> new AsyncConnect(path, facts).run(scenario.address(port), patience);
      }
    } catch (Exception e) {
      Failure.note(facts, e);
    }
    facts.print();
  }
}
