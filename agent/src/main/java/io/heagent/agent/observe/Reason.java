package io.heagent.agent.observe;

import java.util.Locale;

/**
 * Why a connect was left to the JDK, in one word: at {@code log=debug}, in the flight recorder's
 * events and in JMX. {@code docs/monitoring.md} has them all.
 */
public enum Reason {
  /** No name is known of the address: the program connects to an IP literal. */
  LITERAL,
  /** A setting says so: {@code mode=off}, {@code except=}, or no {@code host=} that matches. */
  RULE,
  /** {@code mode=observe}: what becomes of the connect is noted, and nothing else is done. */
  OBSERVE,
  /** The name has one address only. */
  SINGLE,
  /** The address is not among the present addresses of its name, so the program has chosen it. */
  PINNED,
  /** A connected socket has given the address out, so the program means that machine. */
  PEER,
  /** The address is not resolved, and {@code unresolved=off}. */
  UNRESOLVED,
  /** The address is not resolved, and no address that can be dialled was found. */
  NAMELESS,
  /** The address is the unspecified one, which stands for this host. */
  WILDCARD,
  /** The program has bound its socket to a port, which several sockets cannot share. */
  BOUND,
  /** This JVM lacks a hook that a race of such a channel needs. */
  UNHOOKED,
  /** A security manager is installed that races cannot be made to respect. */
  FORBIDDEN;

  /** The word. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
