package io.heagent.agent.config.rule;

import java.util.Locale;

/**
 * How connects to a host are raced.
 *
 * @param delayNanos the Connection Attempt Delay (RFC 8305, section 5); {@link #DELAY_OFF} where
 *     the next address is tried only when one has failed
 * @param firstFamilyCount First Address Family Count (RFC 8305, section 4); 0 keeps the order
 * @param maxInFlight attempts at a time; beyond it the oldest is dropped
 * @param race false for {@code mode=off}
 * @param observe for {@code mode=observe}: such connects are not raced, but what becomes of them is
 *     noted
 * @param unresolved whether an unresolved address, which the JDK refuses, is looked up and raced
 * @param rfc6724 whether addresses are sorted as RFC 6724 says; else they stay in the JDK's order
 * @param history whether connects are remembered, and what is remembered is used
 * @param scope which siblings a connect may be led to
 */
public record RaceRule(
    long delayNanos,
    int firstFamilyCount,
    int maxInFlight,
    boolean race,
    boolean observe,
    boolean unresolved,
    boolean rfc6724,
    boolean history,
    Scope scope) {

  /** How much more private a sibling may be than the address that the program gave. */
  public enum Scope {
    /**
     * A sibling may be part of the site's own network if the name is the site's own; otherwise it
     * must not be more private.
     */
    AUTO,
    /** A sibling may have any scope, but must not be a metadata service. */
    ANY,
    /** A sibling must not be more private. */
    STRICT;

    /** The word in settings. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A rule that does not observe. */
  public RaceRule(
      long delayNanos,
      int firstFamilyCount,
      int maxInFlight,
      boolean race,
      boolean unresolved,
      boolean rfc6724,
      boolean history,
      Scope scope) {
    this(
        delayNanos,
        firstFamilyCount,
        maxInFlight,
        race,
        false,
        unresolved,
        rfc6724,
        history,
        scope);
  }

  /** The word {@code off}: the delay never ends. */
  public static final long DELAY_OFF = Long.MAX_VALUE;

  /** The values of RFC 8305, section 8. The limit of attempts in flight is curl's. */
  public static final RaceRule DEFAULT =
      new RaceRule(250_000_000L, 1, 6, true, true, false, true, Scope.AUTO);

  /** The rule as settings, for people. */
  public String text() {
    return "delay="
        + (delayNanos == DELAY_OFF ? "off" : delayNanos / 1_000_000L + "ms")
        + ",first-family-count="
        + firstFamilyCount
        + ",order="
        + (rfc6724 ? "rfc6724" : "jdk")
        + ",history="
        + (history ? "on" : "off")
        + ",max-in-flight="
        + maxInFlight
        + ",mode="
        + (race ? observe ? "observe" : "race" : "off")
        + ",unresolved="
        + (unresolved ? "race" : "off")
        + ",scope="
        + scope.text();
  }
}
