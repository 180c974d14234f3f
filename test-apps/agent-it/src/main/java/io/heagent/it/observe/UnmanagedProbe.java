package io.heagent.it.observe;

import io.heagent.it.startup.Dial;
import io.heagent.it.startup.HonouredProbe;
import java.net.InetSocketAddress;

/**
 * Arguments: host, port. Connects for long enough that the agent looks for an MBeanServer, and only
 * then does what {@link HonouredProbe} does.
 */
public final class UnmanagedProbe {
  private static final long PAUSE_MILLIS = 1_200;

  private UnmanagedProbe() {}

  public static void main(String[] args) throws InterruptedException {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    Dial.outcome(to);
    Thread.sleep(PAUSE_MILLIS);
    Dial.outcome(to);
    HonouredProbe.main(args);
  }
}
