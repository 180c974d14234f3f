package io.heagent.agent.connect.candidates;

import io.heagent.engine.address.Nat64Discovery;
import io.heagent.engine.address.Nat64Prefix;
import io.heagent.engine.host.SystemRoutes;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Gives access to the engine's {@link Nat64Discovery}, which knows how a host with IPv6 only
 * reaches IPv4 addresses. It makes the discovery for the first address that may need it. Any
 * thread.
 */
public final class Nat64Access {

  /** Written once, under this object's monitor, inside which no other lock is taken. */
  private volatile Nat64Discovery discovery;

  public Nat64Access() {}

  /** With a discovery that has been made already. */
  Nat64Access(Nat64Discovery made) {
    discovery = made;
  }

  /** Whether an address can only be reached through a translator, if there is one. */
  public boolean isNeeded(InetAddress address) {
    // The discovery would say the same of a loopback address, but need not be loaded for that.
    return address instanceof Inet4Address inet4
        && !isLoopback(inet4)
        && discovery().isNeeded(address);
  }

  /**
   * Whether an address is in 127.0.0.0/8. The hash code of an Inet4Address is the address itself;
   * isLoopbackAddress would make an array at each call.
   */
  static boolean isLoopback(Inet4Address address) {
    return address.hashCode() >>> 24 == 127;
  }

  /** The prefixes of the translators that are known. */
  List<Nat64Prefix> prefixes() {
    Nat64Discovery made = discovery;
    return made == null ? List.of() : made.prefixes();
  }

  Nat64Discovery discovery() {
    Nat64Discovery made = discovery;
    return made == null ? make() : made;
  }

  private synchronized Nat64Discovery make() {
    if (discovery == null) {
      discovery = SystemRoutes.discovery();
    }
    return discovery;
  }
}
