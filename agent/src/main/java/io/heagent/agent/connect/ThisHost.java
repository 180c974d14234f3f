package io.heagent.agent.connect;

import io.heagent.engine.net.SourceAddresses;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** The system's clock and routes. */
final class ThisHost implements Nat64.Host {

  /** Linux's table of IPv4 routes; elsewhere there is no such file. */
  private static final String ROUTES = "/proc/net/route";

  /** Destination and mask of the default route stand in these columns, in hexadecimal. */
  private static final int DESTINATION = 1;

  private static final int MASK = 7;
  private static final String ANY = "00000000";

  @Override
  public long now() {
    return System.nanoTime();
  }

  /**
   * Asks the system, which needs a UDP socket; but hosts with an IPv4 default route, nearly all,
   * are told by a file: that spares them, at their first connect to a literal, the loading of all
   * that such a socket takes.
   */
  @Override
  public boolean isRouted(InetAddress address) {
    return (address instanceof Inet4Address && hasIpv4DefaultRoute(read()))
        || new SourceAddresses().apply(address) != null;
  }

  private static String read() {
    try (InputStream in = new FileInputStream(ROUTES)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException | SecurityException notHere) {
      return "";
    }
  }

  static boolean hasIpv4DefaultRoute(String table) {
    for (String line : table.split("\n", -1)) {
      String[] columns = line.split("\t", -1);
      if (columns.length > MASK && columns[DESTINATION].equals(ANY) && columns[MASK].equals(ANY)) {
        return true;
      }
    }
    return false;
  }
}
