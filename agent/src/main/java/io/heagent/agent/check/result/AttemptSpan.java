package io.heagent.agent.check.result;

import io.heagent.engine.core.Outcome;
import java.net.InetAddress;

/**
 * One connect to one address.
 *
 * @param index its place in the order of starts, from 0
 * @param remote the address that was dialled
 * @param source the address of this host that the system connects from; null if it has none for
 *     that destination
 * @param startNanos when it was started
 * @param endNanos when it ended, or when the race gave it up
 * @param outcome how it ended
 * @param words how it ended, in words for people
 */
public record AttemptSpan(
    int index,
    InetAddress remote,
    InetAddress source,
    long startNanos,
    long endNanos,
    Outcome outcome,
    String words) {

  /** The duration in nanoseconds. */
  public long nanos() {
    return endNanos - startNanos;
  }
}
