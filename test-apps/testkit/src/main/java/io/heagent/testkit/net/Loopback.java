package io.heagent.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Literal addresses of this machine; nothing here ever asks a name service. */
public final class Loopback {
  private Loopback() {}

  /** The address of an IP literal. Names are refused, so that a typing error never asks DNS. */
  public static InetAddress address(String literal) {
    boolean looksLikeLiteral = literal.contains(":") || literal.matches("[0-9.]+");
    if (!looksLikeLiteral) {
      throw new IllegalArgumentException("not an IP literal: " + literal);
    }
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether {@code ::1} can be bound here: containers often have no IPv6 at all. */
  public static boolean hasIpv6() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(address("::1"), 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
