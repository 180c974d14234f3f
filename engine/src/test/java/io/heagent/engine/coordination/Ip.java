package io.heagent.engine.coordination;

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

  static List<InetAddress> list(String... literals) {
    return Stream.of(literals).map(Ip::of).toList();
  }
}
