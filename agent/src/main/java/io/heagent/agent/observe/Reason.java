package io.heagent.agent.observe;

import java.util.Locale;

/**
 * Why a connect was left to the JDK, in one word: at {@code log=debug}, in the flight recorder's
 * events and in JMX. {@code docs/monitoring.md} has them all.
 */
public enum Reason {
  /** No name is known of the address: the program connects to an IP literal. */
  LITERAL(0),
  /** A setting says so: {@code mode=off}, {@code except=}, or no {@code host=} that matches. */
  RULE(1),
  /** {@code mode=observe}: what becomes of the connect is noted, and nothing else is done. */
  OBSERVE(2),
  /** The name has one address only. */
  SINGLE(3),
  /** The address is not among the present addresses of its name, so the program has chosen it. */
  PINNED(4),
  /** A connected socket has given the address out, so the program means that machine. */
  PEER(5),
  /** The address is not resolved, and {@code unresolved=off}. */
  UNRESOLVED(6),
  /** The address is not resolved, and no address that can be dialled was found. */
  NAMELESS(7),
  /** The address is the unspecified one, which stands for this host. */
  WILDCARD(8),
  /** The program has bound its socket to a port, which several sockets cannot share. */
  BOUND(9),
  /** This JVM lacks a hook that a race of such a channel needs. */
  UNHOOKED(10),
  /** A security manager is installed that races cannot be made to respect. */
  FORBIDDEN(11),
  /** {@code mode=observe}, and what becomes of the connect cannot be noted. */
  UNSEEN(12);

  private final int place;

  Reason(int place) {
    this.place = place;
  }

  /** Where it is counted, among the reasons. */
  int place() {
    return place;
  }

  /** The word. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
