package io.heagent.engine.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Addresses for tests, from literals. */
public final class Ip {

  private Ip() {}

  public static InetAddress of(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  public static List<InetAddress> list(String... literals) {
    return Stream.of(literals).map(Ip::of).toList();
  }

  /**
   * The IPv4-mapped form of an IPv4 address, as an {@code Inet6Address}, which is what the JDK's
   * look-up of an AAAA record returns.
   */
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
}
