package io.heagent.agent.check.result;

import java.util.Locale;

/**
 * Why the agent, with the settings of this process, would leave such a connect alone.
 *
 * @param words the reason in words for people
 */
public record NotRaced(Reason reason, String words) {

  /** The reason in one word, which is the agent's own for such a connect. */
  public enum Reason {
    /** The host is an IP literal, so the program means exactly this address. */
    LITERAL,
    /**
     * A setting excludes the connect: {@code enabled=false}, {@code mode=off}, {@code except=}, or
     * no {@code host=} that matches.
     */
    RULE,
    /** {@code mode=observe}: the agent notes what becomes of the connect, and does nothing else. */
    OBSERVE,
    /** The name has only one address. */
    SINGLE;

    /** The word that is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
