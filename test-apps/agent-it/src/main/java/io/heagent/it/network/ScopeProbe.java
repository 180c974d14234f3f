package io.heagent.it.network;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Threads;
import io.heagent.it.lab.TimedWay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A program that vets addresses: of each name it connects to the first address that begins as the
 * public ones of the lab do, in each way, all at the same time. Arguments: a port, a number of
 * milliseconds to wait, domains; the names are {@code socket}, {@code selector} and {@code async}
 * below each.
 */
public final class ScopeProbe {
  private static final String PUBLIC = "2d00:99:";

  private ScopeProbe() {}

  /** The name for this way alone. */
  public static String host(TimedWay way, String domain) {
    return way.name().toLowerCase(Locale.ROOT) + "." + domain;
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int millis = Integer.parseInt(args[1]);
    List<Thread> threads = new ArrayList<>();
    for (String domain : List.of(args).subList(2, args.length)) {
      for (TimedWay way : TimedWay.values()) {
        String host = host(way, domain);
        threads.add(Threads.PLATFORM.start(() -> reach(way, host, port, millis).print()));
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.exit(0);
  }

  private static Facts reach(TimedWay way, String host, int port, int millis) {
    Facts facts = new Facts(host);
    try {
      InetAddress vetted = vetted(InetAddress.getAllByName(host));
      InetSocketAddress reached =
          (InetSocketAddress) way.connect(new InetSocketAddress(vetted, port), millis);
      facts.put("reached", reached.getAddress().getHostAddress());
    } catch (IOException | RuntimeException e) {
      facts.put("reached", e.getClass().getSimpleName());
    }
    return facts;
  }

  private static InetAddress vetted(InetAddress[] addresses) {
    for (InetAddress address : addresses) {
      if (address.getHostAddress().startsWith(PUBLIC)) {
        return address;
      }
    }
    throw new IllegalStateException(List.of(addresses).toString());
  }
}
