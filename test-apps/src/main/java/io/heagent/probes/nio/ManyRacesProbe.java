package io.heagent.probes.nio;

import io.heagent.probes.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Very many connects at once from one selector's thread. Arguments: the port, how many, how often:
 * the figures are the last time's, but for the shortest of all.
 */
public final class ManyRacesProbe {
  private ManyRacesProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int count = Integer.parseInt(args[1]);
    InetSocketAddress to = NioScenario.DEAD_FIRST.address(port);
    try (Selector selector = Selector.open()) {
      connectAll(selector, to, 1, new Facts("warm-up"));
      Facts facts = new Facts("many");
      int before = Self.descriptors();
      facts.put("memory before", usedMemory());
      long shortest = Long.MAX_VALUE;
      for (int round = Integer.parseInt(args[2]); round > 0; round--) {
        Facts again = round > 1 ? new Facts("again") : facts;
        shortest = Math.min(shortest, connectAll(selector, to, count, again));
      }
      facts.put("shortest of the longest connects ms", shortest);
      facts.put("descriptors", Self.backTo(before, Self::descriptors));
      facts.put("memory after", usedMemory());
      facts.put("watching", Self.isWatching());
      facts.print();
    }
  }

  /** Returns how long the longest took, in ms. */
  private static long connectAll(Selector selector, InetSocketAddress to, int count, Facts facts)
      throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    int named = 0;
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Long begin = System.nanoTime();
      SocketChannel channel = Racing.connecting(to);
      channel.register(selector, SelectionKey.OP_CONNECT, begin);
      channels.add(channel);
    }
    facts.put("all begun after ms", (System.nanoTime() - start) / 1_000_000);
    int connected = 0;
    int returns = 0;
    int empty = 0;
    long longest = 0;
    while (connected < count && empty < 2) {
      empty = selector.select(Racing.LONG_MILLIS) == 0 ? empty + 1 : 0;
      returns++;
      for (SelectionKey key : selector.selectedKeys()) {
        SocketChannel channel = (SocketChannel) key.channel();
        connected += channel.finishConnect() ? 1 : 0;
        longest = Math.max(longest, System.nanoTime() - (Long) key.attachment());
        named += channel.getRemoteAddress().toString().startsWith(to.getHostString()) ? 1 : 0;
        key.interestOps(0);
      }
      selector.selectedKeys().clear();
    }
    facts.put("all connected after ms", (System.nanoTime() - start) / 1_000_000);
    facts.put("longest connect ms", longest / 1_000_000);
    facts.put("connected", connected).put("named", named);
    facts.put("returns of select", returns).put("empty", empty);
    facts.put("threads", Self.agentThreads());
    facts.put("descriptors then", Self.descriptors());
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.selectNow();
    return longest / 1_000_000;
  }

  private static String usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1024 + " KiB";
  }
}
