package io.heagent.bench.measured;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Arguments: a host whose addresses are all dead, a port, how many connects, and how many
 * milliseconds until they are looked at. Begins so many connects at once with one selector, and
 * prints how many bytes of the heap each of them keeps while it is under way, and the milliseconds
 * from the first one's begin to the end of the collection before they are counted. Knows nothing of
 * the agent.
 */
public final class PendingConnects {
  private static final int WARM_UPS = 50;

  private PendingConnects() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    int connects = Integer.parseInt(args[2]);
    int millis = Integer.parseInt(args[3]);
    try (Selector selector = Selector.open()) {
      // What the first ones load and keep for all is not counted.
      end(begin(to, WARM_UPS, selector), selector, millis);
      long before = used();
      long start = System.nanoTime();
      List<SocketChannel> channels = begin(to, connects, selector);
      await(selector, start, millis);
      double each = (used() - before) / (double) connects;
      long took = (System.nanoTime() - start) / 1_000_000;
      end(channels, selector, 0);
      System.out.println(each + " " + took);
    }
  }

  private static List<SocketChannel> begin(InetSocketAddress to, int connects, Selector selector)
      throws IOException {
    List<SocketChannel> channels = new ArrayList<>(connects);
    for (int i = 0; i < connects; i++) {
      SocketChannel channel = SocketChannel.open();
      channels.add(channel);
      channel.configureBlocking(false);
      channel.connect(to);
      channel.register(selector, SelectionKey.OP_CONNECT);
    }
    return channels;
  }

  /** Selects until that long after the start; no connect may end. */
  private static void await(Selector selector, long start, int millis) throws IOException {
    long end = start + millis * 1_000_000L;
    do {
      long left = (end - System.nanoTime()) / 1_000_000;
      if ((left > 0 ? selector.select(left) : selector.selectNow()) > 0) {
        throw new IOException("a connect has ended: the host is not dead");
      }
    } while (System.nanoTime() < end);
  }

  private static void end(List<SocketChannel> channels, Selector selector, int millis)
      throws IOException {
    await(selector, System.nanoTime(), millis);
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.selectNow();
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
