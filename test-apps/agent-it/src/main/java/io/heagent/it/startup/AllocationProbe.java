package io.heagent.it.startup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Arguments: host, port, connects. Prints how many bytes the thread allocates for a connect to an
 * address that is known, once the first ones are through. It is the least of all connects: on a
 * busy machine the kernel may answer a SYN on loopback a moment later, and the thread has to wait
 * for it, which allocates more.
 */
public final class AllocationProbe {
  private static final int FIRST = 50;
  private static final int TIMEOUT_MILLIS = 30_000;

  private AllocationProbe() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    int connects = Integer.parseInt(args[2]);
    for (int i = 0; i < FIRST; i++) {
      connect(to);
    }
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < connects; i++) {
      long before = threads.getThreadAllocatedBytes(self);
      connect(to);
      least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
    }
    System.out.println(least);
  }

  private static void connect(InetSocketAddress to) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to, TIMEOUT_MILLIS);
      // The server has accepted it when it speaks. Its backlog is never full, so that no SYN is
      // lost.
      socket.getInputStream().read();
    }
  }
}
