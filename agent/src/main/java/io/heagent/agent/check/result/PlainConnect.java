package io.heagent.agent.check.result;

import java.net.InetAddress;
import java.util.Locale;

/**
 * What a program on the JDK alone would have met: it connects to the first address and to no other.
 *
 * @param address the first address of the JDK's answer
 * @param end how the connect would have ended
 * @param nanos how long the program would have waited for that, which includes the look-up
 * @param measured true if a plain connect after the race has found it out, because the race had
 *     ended before the address answered; false if the race has shown it
 * @param words how the connect would have ended, in words for people
 */
public record PlainConnect(
    InetAddress address, End end, long nanos, boolean measured, String words) {

  /** How a plain connect ends. */
  public enum End {
    CONNECTED,
    FAILED,
    /** The address has not answered within the timeout. */
    SILENT;

    /** The word that is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
