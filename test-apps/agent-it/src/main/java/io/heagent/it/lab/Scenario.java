package io.heagent.it.lab;

import java.util.Locale;

/** What the addresses of a name are like, in their order. */
public enum Scenario {
  GOOD_FIRST,
  DEAD_FIRST,
  REFUSED_FIRST,
  DEAD_REFUSED_GOOD,
  ALL_DEAD,
  ALL_REFUSED,
  /** The first is a broadcast address, which the kernel itself will not connect to. */
  UNREACHABLE_REFUSED,
  SINGLE,
  /** No name: the good host's address. */
  LITERAL,
  UNKNOWN;

  /** The name that has such addresses, the last of them being this service; or the literal. */
  public String host(Service service) {
    return this == LITERAL
        ? service.address()
        : (name() + "." + service.name()).toLowerCase(Locale.ROOT).replace('_', '-') + ".test";
  }
}
