package io.heagent.engine.host;

import io.heagent.engine.address.Nat64Discovery;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * Answers the questions of {@link Nat64Discovery} by the system's clock and routes. Stateless; any
 * thread.
 */
public final class SystemRoutes implements Nat64Discovery.Host {

  /** Linux's table of IPv4 routes; other systems have no such file. */
  private static final String ROUTES = "/proc/net/route";

  /** The columns of the table that hold destination and mask, in hexadecimal. */
  private static final int DESTINATION = 1;

  private static final int MASK = 7;
  private static final String ANY = "00000000";

  /**
   * A {@link Nat64Discovery} that asks this system. It is made here, so that the JVM can verify the
   * caller without loading this class or the interface that it implements.
   */
  public static Nat64Discovery discovery() {
    return new Nat64Discovery(new SystemRoutes());
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  /**
   * Whether the system has a route to this address. For an IPv4 address the table of routes is read
   * first: nearly all hosts have an IPv4 default route, and their first connect to a literal then
   * need not load the classes of a UDP socket, which answers the question otherwise (see {@link
   * SourceAddresses}).
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
