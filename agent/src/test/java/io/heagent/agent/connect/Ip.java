package io.heagent.agent.connect;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Addresses from literals. */
final class Ip {

  private Ip() {}

  static InetAddress of(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  static InetAddress[] all(String... literals) {
    return Stream.of(literals).map(Ip::of).toArray(InetAddress[]::new);
  }

  static List<InetAddress> list(String... literals) {
    return List.of(all(literals));
  }

  static Inet6Address scoped(String host, String literal, int scope) {
    try {
      return Inet6Address.getByAddress(host, of(literal).getAddress(), scope);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
