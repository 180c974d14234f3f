package io.heagent.agent.connect.fake;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.history.FailureKind;
import io.heagent.engine.history.HistorySettings;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;

/** A history on a virtual clock that never ignores what it knows, and calls that use it. */
public final class Remembered {

  public static final String HOST = "host.example";
  static final int PORT = 443;
  static final long BASE_MILLIS = 250;

  private static final long MS = 1_000_000L;

  /** The network stays as it is, and nothing fails. */
  public static final EndpointHistory.Surroundings NO_SURROUNDINGS =
      new EndpointHistory.Surroundings() {
        @Override
        public void look() {}

        @Override
        public void unexpected(Throwable thrown) {
          throw new AssertionError(thrown);
        }
      };

  private final AtomicLong now = new AtomicLong();
  private final ConnectHistory engine =
      new ConnectHistory(
          HistorySettings.withBaseDelay(BASE_MILLIS * MS), this::now, bound -> bound - 1);
  public final EndpointHistory history = new EndpointHistory(engine, NO_SURROUNDINGS, HOST, PORT);

  private boolean broken;

  private long now() {
    if (broken) {
      throw new IllegalStateException("no clock");
    }
    return now.get();
  }

  /** From now on every question and every report fails. */
  public void breaks() {
    broken = true;
  }

  public void pass(long millis) {
    now.addAndGet(millis * MS);
  }

  public void wins(String address, long millis) {
    pass(millis);
    engine.won(HOST, PORT, Ip.of(address), millis * MS);
  }

  /** Silent for longer than any delay. */
  public void isDead(String address) {
    long silence = 2 * BASE_MILLIS + 1;
    pass(silence);
    engine.failed(HOST, PORT, Ip.of(address), FailureKind.UNANSWERED, silence * MS);
  }

  /** A connect to this address of a name that has all of these. */
  public ConnectCall call(String requested, InetAddress... known) {
    return to(requested, known).call();
  }

  public Calls.Builder to(String requested, InetAddress... known) {
    return Calls.to(requested).history(history).known(known);
  }

  /** A connect to this address of a name of which nothing else is known. */
  public ConnectCall unknown(String requested) {
    return Calls.to(requested).history(history).call();
  }

  public static long millis(long nanos) {
    return nanos / MS;
  }
}
