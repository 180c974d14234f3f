package io.heagent.engine.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this host has IPv6 only, and by which prefixes the NAT64 translators of its network can
 * be reached (RFC 8305, section 7.1). Where the host has IPv4, which is nearly always, the question
 * costs one look at the clock. Nothing is looked up here: whoever finds that nothing {@link
 * #isKnown} looks the well-known name up, and has this {@link #learn} the answer.
 *
 * <p>Threads: any. Each volatile field is written by whichever connecting thread finds it stale;
 * two that do so at once find out the same.
 */
public final class Nat64Discovery {

  /** For so long a host is taken to have (or not to have) IPv4 without asking the system again. */
  static final long ROUTE_NANOS = 30_000_000_000L;

  /** For so long a prefix is used; names servers give some such time to live. */
  static final long PREFIX_NANOS = 600_000_000_000L;

  /** For so long nobody asks again after the answer that there is none. */
  static final long NO_PREFIX_NANOS = 60_000_000_000L;

  /** Addresses of the Internet, for the question whether the host has a way there at all. */
  private static final InetAddress IPV4_INTERNET = address(192, 0, 0, 170);

  private static final InetAddress IPV6_INTERNET =
      address(0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 0, 170);

  /** What is asked of the system. */
  public interface Host {

    /** {@link System#nanoTime}. */
    long now();

    /** Whether there is a route to an address. */
    boolean isRouted(InetAddress address);
  }

  private final Host host;

  private record Routes(boolean ipv6Only, long until) {}

  private record Prefixes(List<Nat64Prefix> prefixes, long until) {}

  private volatile Routes routes;
  private volatile Prefixes known;

  /** Without any knowledge. */
  public Nat64Discovery(Host host) {
    this.host = host;
  }

  /** Whether an address can only be reached through a translator, if there is one. */
  public boolean isNeeded(InetAddress address) {
    if (!(address instanceof Inet4Address)
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    long now = host.now();
    Routes present = routes;
    if (present == null || now - present.until >= 0) {
      present =
          new Routes(
              !host.isRouted(IPV4_INTERNET) && host.isRouted(IPV6_INTERNET), now + ROUTE_NANOS);
      routes = present;
    }
    // Without a way to the Internet there may still be one to this address.
    return present.ipv6Only && !host.isRouted(address);
  }

  /** Whether {@link #translated} has an answer; else somebody must {@link #learn} it first. */
  public boolean isKnown() {
    Prefixes present = known;
    return present != null && host.now() - present.until < 0;
  }

  /** Takes the addresses of {@link Nat64Prefix#WELL_KNOWN_NAME}; none if there is no such name. */
  public void learn(List<InetAddress> answer) {
    List<Nat64Prefix> prefixes = Nat64Prefix.discover(answer);
    long nanos = prefixes.isEmpty() ? NO_PREFIX_NANOS : PREFIX_NANOS;
    known = new Prefixes(prefixes, host.now() + nanos);
  }

  /** What is known; empty if nothing is. */
  public List<Nat64Prefix> prefixes() {
    Prefixes present = known;
    return present == null ? List.of() : present.prefixes;
  }

  /**
   * These addresses, and behind them what translates each IPv4 one of them.
   *
   * @param name the name that the translations carry
   */
  public List<InetAddress> translated(String name, List<InetAddress> addresses) {
    List<InetAddress> all = new ArrayList<>(addresses);
    for (Nat64Prefix prefix : prefixes()) {
      for (InetAddress address : addresses) {
        InetAddress translated =
            address instanceof Inet4Address ipv4 ? prefix.synthesize(ipv4, name) : null;
        if (translated != null) {
          all.add(translated);
        }
      }
    }
    return all;
  }

  private static InetAddress address(int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    try {
      return InetAddress.getByAddress(raw);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible); // 4 or 16 bytes are always an address
    }
  }
}
