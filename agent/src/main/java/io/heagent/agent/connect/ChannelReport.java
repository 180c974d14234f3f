package io.heagent.agent.connect;

import io.heagent.agent.log.StackTraceCleaner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/**
 * What a channel's race that nobody has won says of its attempts. Read under the monitor of its
 * {@link ChannelRace}.
 *
 * @param attempts null where there was no need for more than the own one
 * @param startedAt when the race began, by {@link System#nanoTime}
 */
record ChannelReport(ConnectCall call, OwnDescriptor own, Attempts attempts, long startedAt) {

  /** The addresses that were tried, in start order. */
  List<InetAddress> tried() {
    if (attempts != null) {
      return attempts.addresses();
    }
    return own.attempt() == null ? List.of() : List.of(own.attempt().address);
  }

  /** As {@link Attempts#silent}. */
  Map<InetAddress, Long> silent() {
    if (attempts != null) {
      return attempts.silent();
    }
    return own.isDialled()
        ? Map.of(own.attempt().address, System.nanoTime() - startedAt)
        : Map.of();
  }

  /** What the program is told. */
  IOException failure() {
    int count = attempts == null ? 0 : attempts.size();
    if (count <= 1 && own.failure() != null) {
      // There were no siblings: the program sees what it sees without the agent, to the letter.
      return StackTraceCleaner.cleaned(own.failure());
    } else if (count == 0) {
      return StackTraceCleaner.cleaned(new UnknownHostException(call.host));
    }
    return attempts.failure();
  }
}
