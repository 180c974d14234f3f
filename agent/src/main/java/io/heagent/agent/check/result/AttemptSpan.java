package io.heagent.agent.check.result;

import io.heagent.engine.core.Outcome;
import java.net.InetAddress;

/**
 * One connect to one address.
 *
 * @param index its place in start order, from 0
 * @param remote where to
 * @param source the address of this host that the system connects from; null if it has none for
 *     that destination
 * @param startNanos when it was started
 * @param endNanos when it ended, or the race gave it up
 * @param outcome what became of it
 * @param words the same for people
 */
public record AttemptSpan(
    int index,
    InetAddress remote,
    InetAddress source,
    long startNanos,
    long endNanos,
    Outcome outcome,
    String words) {

  /** How long it took, in nanoseconds. */
  public long nanos() {
    return endNanos - startNanos;
  }
}
