package io.heagent.agent.check.result;

import java.util.Locale;

/**
 * Why the agent, with the settings of this process, would leave such a connect alone.
 *
 * @param words the reason in words for people
 */
public record NotRaced(Reason reason, String words) {

  /** The reason in one word. */
  public enum Reason {
    /** The agent is switched off by {@code enabled=false}. */
    DISABLED,
    /** The host is an IP literal, so the program means exactly this address. */
    LITERAL,
    /**
     * A setting excludes the connect: {@code mode=off}, {@code except=}, or no {@code host=} that
     * matches.
     */
    RULE,
    /** The name has only one address. */
    SINGLE;

    /** The word that is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
