package io.heagent.it.crowd;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Kept;
import io.heagent.it.lab.Self;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Very many connects at once from one selector's thread. Arguments: the port, how many, how often
 * at most, and the time in ms that they are to take: once they have done with it, they are not done
 * again. The figures are the last time's. The longest connect is given less the time for which a
 * busy machine kept one of the two threads that serve all of them from running, the selector's or
 * the agent's, from the first connect's end on: before that, others wait for their delay anyway.
 */
public final class ManyRacesProbe {
  private static final String AGENTS_THREAD = "he-agent-loop";

  private ManyRacesProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int count = Integer.parseInt(args[1]);
    InetSocketAddress to = ChannelScenario.DEAD_FIRST.address(port);
    try (Selector selector = Selector.open()) {
      connectAll(selector, to, 1, new Facts("warm-up"));
      int rounds = Integer.parseInt(args[2]);
      long limit = Long.parseLong(args[3]);
      Map<String, String> before = Self.open();
      String memoryBefore = usedMemory();
      List<Long> longest = new ArrayList<>();
      Facts facts;
      do {
        facts = new Facts("many");
        longest.add(connectAll(selector, to, count, facts));
      } while (longest.size() < rounds && Collections.min(longest) > limit);
      facts.put("longest connect each time ms", longest);
      facts.put("shortest of these ms", Collections.min(longest));
      facts.put("memory before", memoryBefore);
      facts.put("descriptors", Self.backTo(before));
      facts.put("memory after", usedMemory());
      facts.put("watching", Self.isWatching());
      facts.print();
    }
  }

  /** Returns how long the longest took, in ms. */
  private static long connectAll(Selector selector, InetSocketAddress to, int count, Facts facts)
      throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
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
    long selectorsKept = 0;
    long agentsKept = 0;
    while (connected < count && empty < 2) {
      empty = selector.select(Racing.LONG_MILLIS) == 0 ? empty + 1 : 0;
      if (returns++ == 0) {
        selectorsKept = Kept.nanos();
        agentsKept = Kept.nanos(AGENTS_THREAD);
      }
      for (SelectionKey key : selector.selectedKeys()) {
        SocketChannel channel = (SocketChannel) key.channel();
        connected += channel.finishConnect() ? 1 : 0;
        longest = Math.max(longest, System.nanoTime() - (Long) key.attachment());
        key.interestOps(0);
      }
      selector.selectedKeys().clear();
    }
    facts.put("all connected after ms", (System.nanoTime() - start) / 1_000_000);
    long kept = Math.max(Kept.nanos() - selectorsKept, Kept.nanos(AGENTS_THREAD) - agentsKept);
    facts.put("kept from running ms", kept / 1_000_000);
    int named = 0;
    for (SocketChannel channel : channels) {
      named += channel.getRemoteAddress().toString().startsWith(to.getHostString()) ? 1 : 0;
    }
    facts.put("longest connect ms", longest / 1_000_000);
    facts.put("connected", connected).put("named", named);
    facts.put("returns of select", returns).put("empty", empty);
    facts.put("threads", Self.agentThreads());
    facts.put("descriptors then", Self.descriptors());
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.selectNow();
    return (longest - kept) / 1_000_000;
  }

  private static String usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1024 + " KiB";
  }
}
