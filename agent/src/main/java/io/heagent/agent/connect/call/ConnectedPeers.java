package io.heagent.agent.connect.call;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;

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

  /**
   * Written by the threads that connect, without a lock. An element need not be volatile: it is
   * compared with an object that the program has from the connected socket, and whatever has handed
   * it that socket has made visible what was written before.
   */
  private final InetAddress[] given = new InetAddress[SIZE];

  /** An equal address with the same name, for a connected socket to give out. */
  public InetAddress mark(InetAddress address, String host) {
    InetAddress copy = copy(address, host);
    given[slot(copy)] = copy;
    return copy;
  }

  /** Whether a connected socket has given out this object. */
  @SuppressWarnings("ReferenceEquality") // Equal objects are everywhere; this one is meant.
  public boolean contains(InetAddress address) {
    return given[slot(address)] == address;
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
    } catch (IOException notOfThisInterface) {
      // An UnknownHostException, which a JVM's first race need not load to catch.
      return address;
    }
  }
}
