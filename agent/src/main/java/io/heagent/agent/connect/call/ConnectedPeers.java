package io.heagent.agent.connect.call;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import sun.nio.ch.HeCache;

/**
 * The address objects that connected sockets give out. A program that connects to one of them means
 * the machine that it is connected to already (FTP data connections), whatever name the object
 * carries. The objects are recognised by identity. Equal objects of the JDK's look-up cache do not
 * count, so a connected socket gives out a copy.
 *
 * <p>The table has a fixed size, and a newer object may take the place of an older one: every
 * connect comes by here, so it must cost no more than one store. An object that has lost its place
 * is treated like any other address: it is dialled first, and alone for the delay.
 */
public final class ConnectedPeers {

  private static final int SIZE = 1 << 12;

  /**
   * Written by the threads that connect, without a lock. An element need not be volatile: it is
   * compared with an object that the program has from the connected socket, and whatever has handed
   * it that socket has made visible what was written before.
   */
  private final InetAddress[] given = new InetAddress[SIZE];

  /** Makes an equal address with the same name, which a connected socket will give out. */
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
    boolean named = host.equals(HeCache.originalHostName(address));
    InetAddress twin = named ? HeCache.twin(address) : null;
    return twin == null ? made(address, host) : twin;
  }

  private static InetAddress made(InetAddress address, String host) {
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
