package io.heagent.agent.check.result;

import java.net.InetAddress;
import java.util.Locale;

/**
 * What a program on the JDK alone would have met: one address, the first, and no other.
 *
 * @param address the first of the JDK's answer
 * @param end how it would have ended
 * @param nanos how long the program would have waited for that, look-up included
 * @param measured whether a plain connect after the race has found it out, because the race had
 *     ended before the address said anything; else it was seen in the race
 * @param words what became of it, for people
 */
public record PlainConnect(
    InetAddress address, End end, long nanos, boolean measured, String words) {

  /** How a plain connect ends. */
  public enum End {
    CONNECTED,
    FAILED,
    /** The address has said nothing within the timeout. */
    SILENT;

    /** The word as it is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
