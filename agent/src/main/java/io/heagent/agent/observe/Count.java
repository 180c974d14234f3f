package io.heagent.agent.observe;

/**
 * What is counted, as places in the {@link Observer}'s array. Not an enum, which a JVM's first race
 * would have to load: javac puts the numbers where they are used. {@link Statistics} has the names.
 */
final class Count {

  /** Races that have ended in any way. */
  static final int RACES = 0;

  /** Won by the address that was dialled first, second, or later. */
  static final int WON_FIRST = 1;

  static final int WON_SECOND = 2;
  static final int WON_LATER = 3;

  /** Won over one family or the other. */
  static final int WON_IPV4 = 4;

  static final int WON_IPV6 = 5;

  /** Ended without a connection, by failures or by the program's timeout. */
  static final int FAILED = 6;

  /** Ended by the program, which has closed its socket or was interrupted. */
  static final int CANCELLED = 7;

  /** What races took less than a plain connect would have, as {@link SavedTime} estimates. */
  static final int SAVED_MILLIS = 8;

  /** Races won after the requested address had failed: a plain connect would have failed. */
  static final int FAILURES_AVOIDED = 9;

  /** Attempts beside those that the program itself would have made. */
  static final int EXTRA_ATTEMPTS = 10;

  /** Races that left the other addresses to a program that races by itself, or let it go first. */
  static final int STOOD_DOWN = 11;

  /** Races that began with another address, because history knew the requested one as dead. */
  static final int REORDERED = 12;

  /** Addresses that the scope guard has kept a race from, each time it was missed. */
  static final int GUARD_REFUSALS = 13;

  /** The first of the places for the reasons, by {@link Reason#place}. */
  static final int LEFT_ALONE = 14;

  /** How many places there are; {@code ObserverTest} compares it with {@link Reason}. */
  static final int PLACES = LEFT_ALONE + 13;

  private Count() {}
}
