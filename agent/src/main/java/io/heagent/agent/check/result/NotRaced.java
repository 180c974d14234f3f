package io.heagent.agent.check.result;

import java.util.Locale;

/**
 * Why the agent, with the settings of this process, would leave such a connect alone.
 *
 * @param words the reason for people
 */
public record NotRaced(Reason reason, String words) {

  /** Why, in one word. */
  public enum Reason {
    /** The kill switch is on. */
    DISABLED,
    /** The host is an IP literal: the program means this address. */
    LITERAL,
    /** A setting says so: {@code mode=off}, {@code except=}, or no {@code host=} that matches. */
    RULE,
    /** There is only one address. */
    SINGLE;

    /** The word as it is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
