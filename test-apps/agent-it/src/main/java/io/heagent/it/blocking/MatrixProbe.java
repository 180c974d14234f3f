package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Threads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Goes every way in every scenario on every kind of thread. Ways to one host go in turn, and hosts
 * side by side, because their connects mostly wait and have nothing to do with each other.
 * Arguments: the port; "agent", or "plain" for a JVM without it.
 */
public final class MatrixProbe {
  /** Several times the delay that the tests set, so that every address has its turn. */
  public static final int TIMEOUT_MILLIS = 1500;

  /** Where somebody answers there is no hurry: this machine may have other things to do. */
  static final int PATIENT_MILLIS = 60_000;

  /** In these a way without a timeout would hang for minutes, with or without the agent. */
  private static final Set<Scenario> HANGS_PLAIN =
      EnumSet.of(Scenario.DEAD_FIRST, Scenario.DEAD_REFUSED_GOOD, Scenario.ALL_DEAD);

  private MatrixProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    boolean agent = args[1].equals("agent");
    List<Thread> hosts = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      for (Service service : Service.values()) {
        hosts.add(Threads.PLATFORM.start(() -> all(scenario, service, port, agent)));
      }
    }
    for (Thread host : hosts) {
      host.join();
    }
  }

  /** Every way to one host, one after the other. */
  private static void all(Scenario scenario, Service service, int port, boolean agent) {
    boolean hangs = agent ? scenario == Scenario.ALL_DEAD : HANGS_PLAIN.contains(scenario);
    int millis = hangs ? TIMEOUT_MILLIS : PATIENT_MILLIS;
    for (Threads threads : Threads.possible()) {
      for (BlockingWay way : BlockingWay.values()) {
        if (way.service() == service && (way.isTimed() || !hangs)) {
          try {
            if (agent && hangs) {
              // The short timeout is for the race, and not for the classes of a first one, with
              // which
              // other agents may take seconds.
              threads.run(() -> connect("", way, Scenario.DEAD_FIRST, port, PATIENT_MILLIS));
            }
            threads.run(
                () -> connect(name(threads, way, scenario), way, scenario, port, millis).print());
          } catch (InterruptedException e) {
            return;
          }
        }
      }
    }
  }

  /** The name of a case in the probe's output. */
  public static String name(Threads threads, BlockingWay way, Scenario scenario) {
    return threads + " " + way + " " + scenario;
  }

  /** Goes one way once and notes what came of it. */
  static Facts connect(String name, BlockingWay way, Scenario scenario, int port, int millis) {
    Facts facts = new Facts(name);
    try (Conversation made = way.open(scenario.host(way.service()), port, millis)) {
      made.use(facts);
    } catch (IOException | RuntimeException e) {
      Failure.note(facts, e);
    }
    return facts;
  }
}
