package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Threads;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Goes every way in every scenario. Arguments: the port, and which threads to go them on. */
public final class MatrixProbe {
  /** Several times the delay that the tests set, so that every address has its turn. */
  public static final int TIMEOUT_MILLIS = 1500;

  /** Where somebody answers there is no hurry: this machine may have other things to do. */
  static final int PATIENT_MILLIS = 60_000;

  /** In these a way without a timeout would hang for minutes, with or without the agent. */
  private static final Set<Scenario> HANGS_PLAIN =
      EnumSet.of(Scenario.DEAD_FIRST, Scenario.DEAD_REFUSED_GOOD, Scenario.ALL_DEAD);

  private MatrixProbe() {}

  /** Arguments: port, "agent" or "plain". */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    boolean agent = args[1].equals("agent");
    for (Threads threads : Threads.possible()) {
      for (BlockingWay way : BlockingWay.values()) {
        for (Scenario scenario : Scenario.values()) {
          boolean hangs = agent ? scenario == Scenario.ALL_DEAD : HANGS_PLAIN.contains(scenario);
          if (way.isTimed() || !hangs) {
            threads.run(() -> one(threads, way, scenario, port, millis(agent, scenario)));
          }
        }
      }
    }
  }

  /** The name of a case in the probe's output. */
  public static String name(Threads threads, BlockingWay way, Scenario scenario) {
    return threads + " " + way + " " + scenario;
  }

  private static void one(
      Threads threads, BlockingWay way, Scenario scenario, int port, int millis) {
    connect(name(threads, way, scenario), way, scenario, port, millis).print();
  }

  private static int millis(boolean agent, Scenario scenario) {
    boolean answered = agent ? scenario != Scenario.ALL_DEAD : !HANGS_PLAIN.contains(scenario);
    return answered ? PATIENT_MILLIS : TIMEOUT_MILLIS;
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
