package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.attempt.Redial;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.report.TriedAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import sun.nio.ch.HeHook;

/**
 * Handles a winner of a blocking race whose connection cannot become the program's: closes it, and
 * connects the program's own socket to its address. Only the thread that connects uses it.
 */
final class RedialRace {

  private final RaceEnvironment environment;
  private final SystemCalls system;
  private final ConnectCall call;
  private final PrimaryDial own;
  private final InetAddress first;

  /**
   * For one race.
   *
   * @param first the address that the program's own socket is connecting to
   */
  RedialRace(RaceEnvironment environment, ConnectCall call, PrimaryDial own, InetAddress first) {
    this.environment = environment;
    this.system = environment.system();
    this.call = call;
    this.own = own;
    this.first = first;
  }

  /**
   * Dials the winner's address on the program's own socket, and waits for the outcome.
   *
   * @return what the woven Net.connect returns
   */
  int take(FallbackAttempt winner) throws IOException {
    long start = system.nanoTime();
    Redial.Result result = own.dialAgain(winner);
    own.await(call.deadline());
    if (own.isConnected()) {
      return HeHook.CONNECTED;
    } else if (own.failure() != null) {
      throw StackTraceCleaner.cleaned(own.failure());
    } else if (own.isUndecided()) {
      throw timedOut(result == Redial.Result.STUCK ? first : winner.address, start);
    }
    return HeHook.PENDING;
  }

  private IOException timedOut(InetAddress address, long start) {
    long millis = (system.nanoTime() - start) / 1_000_000L;
    return environment
        .failures()
        .timeout(call, List.of(new TriedAddress(address, Outcome.TIMED_OUT, millis, null)));
  }
}
