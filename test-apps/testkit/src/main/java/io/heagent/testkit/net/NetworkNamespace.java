package io.heagent.testkit.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The namespace that {@code scripts/netns/bin/java} makes before it starts a JVM: hosts that
 * answer, drop, refuse, are unreachable or slow, for IPv4 and IPv6. A test asks {@link #missing()}
 * first.
 */
public enum NetworkNamespace {
  GOOD(1),
  SECOND_GOOD(2),
  DROPPED(3),
  HOST_UNREACHABLE(4),
  NET_UNREACHABLE(5),
  PROHIBITED(6),
  PORT_UNREACHABLE(7),
  RESET(8),
  SLOW_100_MS(9),
  LOSES_FIRST_SYN(11),
  SLOW_25_MS(13),
  SLOW_400_MS(14);

  private final int number;

  NetworkNamespace(int number) {
    this.number = number;
  }

  public InetAddress ipv4() {
    return Loopback.address("10.99.0." + number);
  }

  public InetAddress ipv6() {
    return Loopback.address("2001:db8:99::" + number);
  }

  /** An address that counts as public; there is one of GOOD, DROPPED and RESET. */
  public InetAddress global() {
    return Loopback.address("2d00:99::" + number);
  }

  public List<InetAddress> both() {
    return List.of(ipv4(), ipv6());
  }

  /** Why the hosts are not there, if they are not. */
  public static Optional<String> missing() {
    if ("1".equals(System.getenv("HEAGENT_LAB"))) {
      return Optional.empty();
    }
    String reason = System.getenv("HEAGENT_LAB_MISSING");
    return Optional.of(
        "no lab namespace: "
            + (reason == null || reason.isBlank() ? "run by scripts/test to get one" : reason));
  }
}
