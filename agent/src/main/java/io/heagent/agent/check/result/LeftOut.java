package io.heagent.agent.check.result;

import java.net.InetAddress;
import java.util.Locale;

/**
 * An address of the name that was not tried.
 *
 * @param words the reason in words for people
 */
public record LeftOut(InetAddress address, Reason reason, String words) {

  /** The reason in one word. */
  public enum Reason {
    /** The address is not of the requested family. */
    FAMILY,
    /** The scope guard has excluded it. */
    SCOPE,
    /** No socket can connect to it, because it is unspecified or multicast. */
    UNUSABLE,
    /** The race was over before its turn. */
    TURN;

    /** The word that is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
