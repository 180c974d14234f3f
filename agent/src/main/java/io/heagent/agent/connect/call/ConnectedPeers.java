package io.heagent.agent.connect.call;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The address objects that connected sockets give out. A program that connects to one of them means
 * the machine it is connected to already (FTP data connections), whatever name the object carries.
 * They are told by identity: the JDK's own objects are shared with its look-up cache.
 *
 * <p>A table of fixed size in which a newer object may take an older one's place: this is passed by
 * every connect, so it costs one store and no reference for the collector to follow up. An object
 * that has lost its place is no more than dialled first and alone for the delay, as any other.
 */
public final class ConnectedPeers {

  private static final int SIZE = 1 << 12;

  private final AtomicReferenceArray<InetAddress> given = new AtomicReferenceArray<>(SIZE);

  /** An equal address with the same name, for a connected socket to give out. */
  public InetAddress mark(InetAddress address, String host) {
    InetAddress copy = copy(address, host);
    given.setRelease(slot(copy), copy);
    return copy;
  }

  /** Whether a connected socket has given out this object. */
  @SuppressWarnings("ReferenceEquality") // Equal objects are everywhere; this one is meant.
  public boolean contains(InetAddress address) {
    return given.getAcquire(slot(address)) == address;
  }

  private static int slot(InetAddress address) {
    return System.identityHashCode(address) & (SIZE - 1);
  }

  private static InetAddress copy(InetAddress address, String host) {
    try {
      if (address instanceof Inet6Address ipv6 && ipv6.getScopedInterface() != null) {
        return Inet6Address.getByAddress(host, ipv6.getAddress(), ipv6.getScopedInterface());
      } else if (address instanceof Inet6Address ipv6 && ipv6.getScopeId() != 0) {
        return Inet6Address.getByAddress(host, ipv6.getAddress(), ipv6.getScopeId());
      }
      return InetAddress.getByAddress(host, address.getAddress());
    } catch (UnknownHostException notOfThisInterface) {
      return address;
    }
  }
}
