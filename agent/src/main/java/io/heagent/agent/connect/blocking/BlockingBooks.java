package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.attempt.AttemptReport;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RaceObservation;
import io.heagent.agent.log.Faults;
import java.net.InetAddress;

/**
 * What is recorded of a blocking race that has ended before any sibling was dialled: for the
 * history, the reporter of broken addresses, the observer, and the connects that wait for the same
 * address. {@link AttemptReport} records the attempts of all other races. Nothing here throws,
 * because the race has its outcome. There are no objects of this class, so that a connect whose
 * first address answers allocates none. Only the thread that connects uses it.
 */
final class BlockingBooks {

  private BlockingBooks() {}

  /** The requested address has answered, by a connection or a refusal. */
  static void answered(ConnectCall call) {
    try {
      call.group().answered();
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /** The address that was dialled first, at {@code start}, is connected now. */
  static void connected(
      RaceEnvironment environment, ConnectCall call, InetAddress first, long start, long now) {
    try {
      AttemptReport.answered(environment, call, first, start, now);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /**
   * The race has ended without a connection.
   *
   * @param cause null if the program has ended it, or the agent has given it up
   */
  static void lost(RaceEnvironment environment, ConnectCall call, Throwable cause) {
    RaceObservation.lostAlone(environment.observer(), call, cause);
  }
}
