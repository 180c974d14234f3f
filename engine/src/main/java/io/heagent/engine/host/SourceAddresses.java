package io.heagent.engine.host;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds the source address that the system would use for a destination, by connecting a UDP socket
 * to it: the system then chooses a route, and sends no packet.
 *
 * <p>An instance is meant for one sorting of addresses: it keeps its answers, which become wrong
 * when a route changes. One thread at a time may use it. Each new destination costs three system
 * calls, none of which blocks.
 */
public final class SourceAddresses implements Function<InetAddress, InetAddress> {
  /** The port is arbitrary, because no packet is sent; this is the discard service's (RFC 863). */
  private static final int DISCARD = 9;

  private final Map<String, InetAddress> known = new HashMap<>();

  /**
   * The source address for a destination.
   *
   * @return null if there is none: no route, no such family on this host, or no permission
   */
  @Override
  public InetAddress apply(InetAddress destination) {
    // The text contains the scope, so it tells the same link-local address on two links apart;
    // InetAddress.equals does not.
    String key = destination.getHostAddress();
    if (!known.containsKey(key)) {
      known.put(key, find(destination));
    }
    return known.get(key);
  }

  private static InetAddress find(InetAddress destination) {
    // A socket of the destination's own family: a dual-stack socket would name an IPv4 source in
    // its IPv4-mapped form.
    StandardProtocolFamily family =
        destination instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    try (DatagramChannel channel = DatagramChannel.open(family)) {
      channel.connect(new InetSocketAddress(destination, DISCARD));
      InetAddress source = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
      return source.isAnyLocalAddress() ? null : source;
    } catch (IOException | UnsupportedOperationException | SecurityException unreachable) {
      return null;
    }
  }
}
