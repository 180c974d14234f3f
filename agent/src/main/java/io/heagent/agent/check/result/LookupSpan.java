package io.heagent.agent.check.result;

import java.net.InetAddress;
import java.util.List;

/**
 * One question to the resolver.
 *
 * @param what the requested addresses, in words
 * @param startNanos when it was asked
 * @param endNanos when the answer came, or when it was waited for no longer
 * @param addresses the answer in the resolver's order; empty if there was none
 * @param failure why there is no answer, in few words; null if there is one
 */
public record LookupSpan(
    String what, long startNanos, long endNanos, List<InetAddress> addresses, String failure) {

  /** The {@code failure} of a question that has no answer yet. */
  public static final String NO_ANSWER = "no answer";

  /** Whether an answer has come, even one without an address. */
  public boolean isAnswered() {
    return !NO_ANSWER.equals(failure);
  }
}
