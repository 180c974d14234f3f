package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.report.ConnectFailure;
import io.heagent.engine.report.TriedAddress;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;

/**
 * Makes the exceptions of failed races for the program. Immutable.
 *
 * @param named whether messages name the host and its addresses: the setting {@code messages}
 */
public record RaceFailure(boolean named) {

  /**
   * The exception of a race over several addresses in which all attempts have failed.
   *
   * @param requested the index of the address that the program asked for; -1 if it has not been
   *     dialled
   */
  public IOException of(ConnectCall call, List<TriedAddress> tried, int requested) {
    return StackTraceCleaner.cleaned(
        named
            ? ConnectFailure.failure(call.request.host(), call.request.port(), tried, requested)
            : ConnectFailure.unnamed(call.request.host(), tried, requested));
  }

  /** The exception that the JDK throws when the program's timeout is over. */
  public static IOException timeout() {
    return StackTraceCleaner.cleaned(new SocketTimeoutException("Connect timed out"));
  }

  /** The exception of a race that the program's timeout has ended. */
  public IOException timeout(ConnectCall call, List<TriedAddress> tried) {
    return StackTraceCleaner.cleaned(
        named
            ? ConnectFailure.timeout(call.request.host(), call.request.port(), tried)
            : ConnectFailure.unnamed(call.request.host(), tried, -1));
  }
}
