package io.heagent.engine.resolve;

import java.net.Inet4Address;
import java.net.InetAddress;

/** What a resolver can be asked about a name. */
public enum Question {
  /** IPv6 addresses (AAAA). */
  IPV6,
  /** IPv4 addresses (A). */
  IPV4,
  /** All addresses in one look-up, whose answer settles both families. */
  BOTH;

  /** Whether an answer to this question answers the other question too. */
  public boolean settles(Question other) {
    return this == other || this == BOTH;
  }

  /** Whether an address is of a family that this question asks for. */
  public boolean admits(InetAddress address) {
    return this == BOTH || (this == IPV4) == (address instanceof Inet4Address);
  }
}
