package io.heagent.agent.connect;

import io.heagent.agent.connect.blocking.PollWaiter;
import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.connect.socket.JdkSocket;
import io.heagent.agent.connect.socket.JdkSystemCalls;
import io.heagent.agent.connect.socket.OptionTransfer;
import io.heagent.agent.log.Faults;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.core.RaceSettings;
import io.heagent.engine.time.DaemonThreads;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;

/**
 * Makes the first race of a JVM as quick as later ones: it loads and initialises the classes that
 * the race needs after its delay, which takes some ten milliseconds, while the race still waits for
 * the first address. It runs on a separate, short-lived thread, so that the waiting thread sees an
 * answer at once. At its end it looks for {@link RacingClients} among the classes that the JVM has
 * loaded, which no connect is to wait for either.
 */
final class DelayPreloader implements Runnable {

  /** The classes that a race needs once its delay is over, in the order in which it needs them. */
  static final String[] CLASSES = {
    "agent.connect.attempt.RaceAttempts$Race",
    "agent.connect.attempt.RaceAttempts",
    "agent.connect.call.RaceEnd",
    "agent.connect.attempt.AttemptReport",
    "agent.connect.blocking.BlockingFallback",
    "agent.connect.channel.ChannelFallback",
    "agent.connect.blocking.BlockingFallback$WaitMode",
    "agent.connect.candidates.CandidateSource",
    "engine.resolve.shared.SharedLookup",
    "engine.resolve.shared.Known",
    "agent.connect.call.KnownAddresses$Cached",
    "agent.connect.candidates.CandidateRules",
    "agent.connect.candidates.CandidateRules$Permission",
    "agent.connect.candidates.SiblingGuard",
    "agent.connect.candidates.SiblingGuard$Sifted",
    "agent.connect.candidates.Nat64Candidates",
    "engine.resolve.Resolver$Listener",
    "engine.order.CandidateFilter",
    "engine.order.CandidateFilter$Parted",
    "engine.order.ScopeGuard",
    "engine.order.ScopeGuard$Barrier",
    "engine.order.AddressSpace",
    "engine.order.AddressBlocks",
    "engine.order.AddressBlocks$Block",
    "engine.address.Ipv4Mapped",
    "engine.order.AddressWeave",
    "engine.address.AddressKey",
    "engine.coordination.AttemptLimiter",
    "engine.coordination.AttemptLimiter$Permit",
    "engine.coordination.AttemptLimiter$Waiter",
    "agent.connect.attempt.FallbackAttempt",
    "agent.connect.blocking.VirtualThreadAttempt",
    "agent.connect.socket.FallbackSocket",
    "agent.connect.socket.FallbackChannel",
    "agent.connect.call.UnnamedAddress",
    "agent.connect.socket.Adoption",
    "agent.connect.socket.Adoption$TakeOver",
    "agent.connect.channel.OutcomeDelivery$WakeUp",
    "engine.history.FailureKind",
    "engine.history.AddressHistory",
    "agent.observe.SavedTime",
    "engine.history.HostMemory",
    "engine.history.AddressMemory",
    "engine.history.AddressMemory$Failure",
    "engine.history.AddressBits",
    "engine.history.Smoothing",
    "engine.coordination.RefusalStreaks",
    "engine.report.BrokenAddressReporter",
    "engine.report.BrokenAddressReporter$Path",
  };

  private final JdkSystemCalls system;

  private final RacingClients racers;

  private DelayPreloader(JdkSystemCalls system, RacingClients racers) {
    this.system = system;
    this.racers = racers;
  }

  /** Starts the thread. Never throws: without the thread a race only takes longer. */
  static void begin(JdkSystemCalls system, RacingClients racers) {
    try {
      DaemonThreads.create(
              new DelayPreloader(system, racers), "he-agent-warm-up", Faults.OF_THREADS)
          .start();
    } catch (RuntimeException | Error noThread) {
      return;
    }
  }

  @Override
  public void run() {
    for (String name : CLASSES) {
      try {
        Class.forName("io.heagent.".concat(name), true, DelayPreloader.class.getClassLoader());
      } catch (ClassNotFoundException | LinkageError e) {
        // The race that needs the class will report the failure.
        return;
      }
    }
    HeJdk.loadForAdoption();
    rehearse();
    racers.look();
  }

  /** Runs code that a race needs later, so that its classes are loaded too. */
  private void rehearse() {
    RaceCore core = new RaceCore(RaceSettings.DEFAULT, 0, 1);
    core.poll();
    core.offer(0);
    core.failed(0, null, true, 0);
    core.attempts();
    try (SocketChannel channel = HeJdk.openChannel(false)) {
      ProgramSocket socket = JdkSocket.of(HeHook.CHANNEL, channel);
      new OptionTransfer(socket, channel, system.defaults().of(channel, false), false)
          .carryChanged();
      channel.configureBlocking(false);
      new PollWaiter(system).await(List.of(), 1);
      channel.finishConnect();
    } catch (IllegalStateException notConnecting) {
      // This is expected: finishConnect was called only to load its classes.
      return;
    } catch (IOException e) {
      Faults.ignored(e);
    }
  }
}
