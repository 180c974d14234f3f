package io.heagent.it.containers;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Argument: a name. Prints its addresses in the JDK's order, a line each. */
public final class Addresses {
  private Addresses() {}

  public static void main(String[] args) throws UnknownHostException {
    for (InetAddress address : InetAddress.getAllByName(args[0])) {
      System.out.println(address.getHostAddress());
    }
  }
}
