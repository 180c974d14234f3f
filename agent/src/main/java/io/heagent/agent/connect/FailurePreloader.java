package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import io.heagent.engine.time.DaemonThreads;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeOptions;

/**
 * Shortens a JVM's first race whose first address fails at once, so that there is no delay in which
 * {@link DelayPreloader} could work. The thread that goes on with the race then needs some fifty
 * classes of the agent and the JDK, one after the other. This class loads the same ones on a
 * second, short-lived thread, from the last that is needed to the first, so that each thread loads
 * about half of them. Every race needs them all, so little is lost where there is only one
 * processor.
 */
final class FailurePreloader implements Runnable {

  private FailurePreloader() {}

  /** Starts the thread. Never throws: without the thread the race only takes longer. */
  static void begin() {
    try {
      DaemonThreads.create(new FailurePreloader(), "he-agent-load-ahead", Faults.OF_THREADS)
          .start();
    } catch (RuntimeException | Error noThread) {
      return;
    }
  }

  /**
   * The classes that every race needs once its first address has failed, the last of them first. No
   * two of them have initialisers that wait for each other, so the two threads cannot block each
   * other.
   */
  static String[] classes() {
    return new String[] {
      "engine.report.BrokenAddressReporter$Path",
      "engine.history.FailureKind",
      "agent.connect.socket.Adoption$TakeOver",
      "agent.connect.socket.Adoption",
      "agent.connect.call.UnnamedAddress",
      "agent.connect.socket.NativeOption",
      "agent.connect.socket.OptionTransfer",
      "agent.connect.socket.OptionDefaults$Values",
      "agent.connect.socket.OptionDefaults",
      "agent.connect.socket.FallbackChannel",
      "engine.coordination.AttemptLimiter$Permit",
      "engine.coordination.AttemptLimiter",
      "engine.core.Outcome",
      "engine.core.AttemptRecord",
      "agent.connect.attempt.AttemptReport",
      "agent.connect.call.RaceEnd",
      "engine.core.Action",
      "engine.core.RaceCore",
      "agent.connect.attempt.RaceAttempts",
      "agent.connect.candidates.Nat64Candidates",
      "engine.order.AddressWeave",
      "agent.connect.candidates.SiblingGuard$Sifted",
      "engine.order.CandidateFilter$Parted",
      "engine.order.AddressBlocks",
      "engine.order.ScopeGuard",
      "agent.connect.candidates.CandidateRules$Permission",
      "engine.order.CandidateFilter",
      "engine.resolve.shared.Known",
    };
  }

  @Override
  public void run() {
    try {
      HeJdk.loadForAdoption();
      HeOptions.isAvailable(); // Defines a class of the bridge, which reads and sets options.
      for (String name : classes()) {
        Class.forName("io.heagent.".concat(name), true, FailurePreloader.class.getClassLoader());
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // The race that needs the class will report the failure.
      return;
    }
  }
}
