package io.heagent.agent.connect.fake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Addresses from literals. */
public final class Ip {

  private Ip() {}

  public static InetAddress of(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  public static InetAddress[] all(String... literals) {
    return Stream.of(literals).map(Ip::of).toArray(InetAddress[]::new);
  }

  public static List<InetAddress> list(String... literals) {
    return List.of(all(literals));
  }

  /** The IPv4-mapped address, as a look-up delivers it. */
  public static InetAddress mapped(String ipv4) {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    System.arraycopy(of(ipv4).getAddress(), 0, bytes, 12, 4);
    try {
      return Inet6Address.getByAddress("host.example", bytes, -1);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(ipv4, e);
    }
  }

  public static Inet6Address scoped(String host, String literal, int scope) {
    try {
      return Inet6Address.getByAddress(host, of(literal).getAddress(), scope);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
