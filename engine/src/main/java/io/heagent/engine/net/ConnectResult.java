package io.heagent.engine.net;

import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.race.RaceResult;
import io.heagent.engine.report.ConnectFailure;
import io.heagent.engine.report.TriedAddress;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * How a connect ended. Its exception is made by the method that throws it, so that the stack trace
 * shows the caller and not the loop's thread. Immutable.
 *
 * @param targets the targets of the started attempts, in start order
 */
record ConnectResult(ConnectSpec spec, RaceResult<SocketChannel> race, List<Target> targets) {

  /**
   * The connected channel.
   *
   * @throws IOException the failure, see {@link io.heagent.engine.HappyEyeballs}
   */
  SocketChannel channelOrThrow() throws IOException {
    if (race.isWon()) {
      return race.value();
    }
    if (race.end() == RaceResult.End.TIMED_OUT) {
      throw ConnectFailure.timeout(spec.host(), spec.port(), tried());
    }
    if (targets.isEmpty()) {
      throw asItIs(race.sourceError());
    }
    throw ConnectFailure.failure(spec.host(), spec.port(), tried());
  }

  /** Closes the connection of a result that no caller takes. */
  void close() {
    ConnectAttempt.close(race.value());
  }

  private List<TriedAddress> tried() {
    List<TriedAddress> tried = new ArrayList<>();
    for (AttemptRecord record : race.attempts()) {
      long millis = (record.endNanos() - record.startNanos()) / 1_000_000;
      tried.add(
          new TriedAddress(
              targets.get(record.index()).remote().getAddress(),
              record.outcome(),
              millis,
              record.cause()));
    }
    return tried;
  }

  private static IOException asItIs(Throwable error) {
    if (error instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return error instanceof IOException io ? io : new IOException(error);
  }
}
