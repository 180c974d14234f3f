package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Kept;
import io.heagent.it.lab.TimedWay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Walks the addresses of names by itself, with the whole timeout for each. It notes how long the
 * steps of each walk have taken, where what a step takes beyond its timeout does not count as far
 * as this thread was kept from running; and the longest time from when a step has ended, or could
 * have, to the next one. Arguments: the way, the port, the timeout in ms, the names.
 */
public final class WalkProbe {
  private WalkProbe() {}

  public static void main(String[] args) throws Exception {
    TimedWay way = TimedWay.valueOf(args[0]);
    int port = Integer.parseInt(args[1]);
    int millis = Integer.parseInt(args[2]);
    for (int i = 3; i < args.length; i++) {
      Facts facts = new Facts(args[i]);
      facts.put("reached", walk(way, args[i], port, millis, facts)).print();
    }
  }

  private static SocketAddress walk(TimedWay way, String name, int port, int millis, Facts facts)
      throws IOException {
    int tried = 0;
    long ended = 0;
    long longest = 0;
    long taken = 0;
    facts.put("longest pause ms", longest);
    for (InetAddress address : InetAddress.getAllByName(name)) {
      tried++;
      facts.put("tried", tried);
      long begun = System.nanoTime();
      if (tried > 1) {
        longest = Math.max(longest, (begun - ended) / 1_000_000L);
        facts.put("longest pause ms", longest);
      }
      long kept = Kept.nanos();
      try {
        return way.connect(new InetSocketAddress(address, port), millis);
      } catch (IOException e) {
        // A step that nobody answers has ended with its time, even if this thread was woken later.
        ended = Math.min(System.nanoTime(), begun + millis * 1_000_000L);
        if (tried == 1) {
          facts.put("first failure", e.getClass().getName());
        }
        facts.put("last failure", e.getClass().getName());
      } finally {
        long beyond = Math.max(0, System.nanoTime() - begun - millis * 1_000_000L);
        taken += System.nanoTime() - begun - Math.min(beyond, Kept.nanos() - kept);
        facts.put("ms", taken / 1_000_000L);
      }
    }
    return null;
  }
}
