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
 * to it: that makes the system choose a route, and sends nothing.
 *
 * <p>For one call only: an instance keeps its answers, which the next change of a route makes
 * wrong. One thread at a time. It costs three system calls for each destination, and never blocks.
 */
public final class SourceAddresses implements Function<InetAddress, InetAddress> {
  /** Any port will do: no packet goes there. This one discards what comes (RFC 863). */
  private static final int DISCARD = 9;

  private final Map<String, InetAddress> known = new HashMap<>();

  /**
   * The source address for a destination.
   *
   * @return null if there is none: no route, no such family on this host, or not permitted
   */
  @Override
  public InetAddress apply(InetAddress destination) {
    // Unlike InetAddress alone, the text tells the same link-local address on two links apart.
    String key = destination.getHostAddress();
    if (!known.containsKey(key)) {
      known.put(key, find(destination));
    }
    return known.get(key);
  }

  private static InetAddress find(InetAddress destination) {
    // Of the destination's own family: a dual-stack socket would name an IPv4 source as mapped.
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
