package io.heagent.engine.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows whether this host has IPv6 only, and by which prefixes the NAT64 translators of its network
 * can be reached (RFC 8305, section 7.1). Nearly all hosts have IPv4, and there a connect pays for
 * one reading of the clock. This class does no look-up: a caller for which {@link #isKnown} is
 * false looks up {@link Nat64Prefix#WELL_KNOWN_NAME} and passes the answer to {@link #learn}.
 *
 * <p>Threads: any. A connecting thread that finds {@code routes} or {@code known} stale writes that
 * field anew; two threads that do so at the same time write the same.
 */
public final class Nat64Discovery {

  /** How long the answer whether the host has IPv4 is used before the system is asked again. */
  static final long ROUTE_NANOS = 30_000_000_000L;

  /**
   * How long a prefix is used. The JDK does not tell the record's time to live; name servers give
   * some minutes.
   */
  static final long PREFIX_NANOS = 600_000_000_000L;

  /** How long the answer that there is no prefix is used before a caller may ask again. */
  static final long NO_PREFIX_NANOS = 60_000_000_000L;

  /**
   * Addresses of the public Internet, one for each family, used to ask whether the host has a route
   * there.
   */
  private static final InetAddress IPV4_INTERNET = address(192, 0, 0, 170);

  private static final InetAddress IPV6_INTERNET =
      address(0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 0, 170);

  /** What this class asks of the operating system. */
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

  /** Starts without any knowledge. */
  public Nat64Discovery(Host host) {
    this.host = host;
  }

  /** Whether an address can only be reached through a translator, if there is one. */
  public boolean isNeeded(InetAddress address) {
    if (!(address instanceof Inet4Address)) {
      return false;
    }
    long now = host.now();
    Routes present = routes;
    boolean fresh = present != null && now - present.until < 0;
    // Nearly all hosts: asked first, because each of the next questions copies the address.
    if (fresh && !present.ipv6Only) {
      return false;
    }
    if (address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    if (!fresh) {
      present =
          new Routes(
              !host.isRouted(IPV4_INTERNET) && host.isRouted(IPV6_INTERNET), now + ROUTE_NANOS);
      routes = present;
    }
    // A host without a route to the IPv4 Internet may still have one to this address.
    return present.ipv6Only && !host.isRouted(address);
  }

  /**
   * Whether {@link #translated} knows the prefixes; if not, the caller has to look them up and call
   * {@link #learn} first.
   */
  public boolean isKnown() {
    Prefixes present = known;
    return present != null && host.now() - present.until < 0;
  }

  /**
   * Takes the addresses of {@link Nat64Prefix#WELL_KNOWN_NAME}; an empty list if there is no such
   * name.
   */
  public void learn(List<InetAddress> answer) {
    List<Nat64Prefix> prefixes = Nat64Prefix.discover(answer);
    long nanos = prefixes.isEmpty() ? NO_PREFIX_NANOS : PREFIX_NANOS;
    known = new Prefixes(prefixes, host.now() + nanos);
  }

  /** The prefixes learnt last; empty if there are none. */
  public List<Nat64Prefix> prefixes() {
    Prefixes present = known;
    return present == null ? List.of() : present.prefixes;
  }

  /**
   * The given addresses, followed by the IPv6 translations of the IPv4 addresses among them.
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
