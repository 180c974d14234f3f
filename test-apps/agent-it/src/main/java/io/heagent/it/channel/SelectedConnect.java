package io.heagent.it.channel;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Connects one channel that a selector watches; counts what the selector says. */
public final class SelectedConnect {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final ChannelPath path;
  private final Facts facts;
  private int returns;
  private int events;

  public SelectedConnect(ChannelPath path, Facts facts) {
    this.path = path;
    this.facts = facts;
  }

  /** Connects, and talks to the service if that comes to something. */
  public void run(InetSocketAddress to, long patienceMillis) throws IOException {
    try (Selector selector = Selector.open();
        SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      SelectionKey key = before(channel, selector);
      facts.put("connect", channel.connect(to));
      facts.put("pending", channel.getRemoteAddress());
      int ops = SelectionKey.OP_CONNECT;
      if (path == ChannelPath.CONNECT_AND_READ) {
        ops |= SelectionKey.OP_READ;
      }
      key = key == null ? channel.register(selector, ops) : key.interestOps(ops);
      await(selector, patienceMillis);
      facts.put("returns", returns).put("events", events);
      facts.put("connectable", events > 0 && key.isConnectable());
      boolean finished = channel.finishConnect();
      facts.put("finish", finished);
      if (finished) {
        selector.selectedKeys().clear();
        new SelectedTalk(channel, key, facts).run();
      }
    }
  }

  private SelectionKey before(SocketChannel channel, Selector selector) throws IOException {
    if (path == ChannelPath.REGISTERED_BEFORE) {
      return channel.register(selector, 0);
    } else if (path == ChannelPath.ARMED_BEFORE) {
      // The JDK reports an unconnected descriptor's hang-up as OP_CONNECT; that is its own affair.
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      selector.selectNow();
      selector.selectedKeys().clear();
      return key;
    }
    return null;
  }

  private void await(Selector selector, long patienceMillis) throws IOException {
    long start = System.nanoTime();
    long patience = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    long cpu = CPU.getCurrentThreadCpuTime();
    if (path == ChannelPath.SELECT_NOW) {
      while (events == 0 && System.nanoTime() - start < patience) {
        events = selector.selectNow();
        returns += events;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    } else {
      while (events == 0 && (returns == 0 || System.nanoTime() - start < patience)) {
        events =
            path == ChannelPath.SELECT_CONSUMER
                ? selector.select(ready -> {}, patienceMillis)
                : selector.select(patienceMillis);
        returns++;
      }
    }
    facts.put("waited", (System.nanoTime() - start) / 1_000_000L);
    facts.put("cpu", (CPU.getCurrentThreadCpuTime() - cpu) / 1_000_000L);
  }
}
