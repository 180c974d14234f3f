package io.heagent.agent.check.result;

import java.net.InetAddress;
import java.util.Locale;

/**
 * An address of the name that was not tried.
 *
 * @param words the reason for people
 */
public record LeftOut(InetAddress address, Reason reason, String words) {

  /** Why, in one word. */
  public enum Reason {
    /** It is of the family that was not asked for. */
    FAMILY,
    /** The scope guard has kept it out. */
    SCOPE,
    /** Nothing can be connected to it: unspecified or multicast. */
    UNUSABLE,
    /** The race was over before its turn had come. */
    TURN;

    /** The word as it is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
