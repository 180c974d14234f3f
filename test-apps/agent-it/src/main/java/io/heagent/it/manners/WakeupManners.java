package io.heagent.it.manners;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.it.lab.Self;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Cases of wake-ups: what else wakes a selector while one of its channels races, and when the end
 * of a race must not wake it.
 */
final class WakeupManners {
  private final InetSocketAddress deadFirst;
  private final InetSocketAddress refusedDead;

  WakeupManners(int port) {
    deadFirst = ChannelScenario.DEAD_FIRST.address(port);
    refusedDead = ChannelScenario.REFUSED_DEAD_GOOD.address(port);
  }

  void run() throws Exception {
    for (InetSocketAddress to : new InetSocketAddress[] {deadFirst, refusedDead}) {
      String name = to.getHostString();
      InTime.run("over before select, beside another event, " + name, () -> overBefore(to));
      InTime.run("closed when it is over, " + name, () -> closedLate(to));
      InTime.run("wakeup during a race, " + name, () -> wokenUp(to));
      InTime.run("wakeup before select, " + name, () -> wokenUpBefore(to));
      InTime.run("interrupt during a race, " + name, () -> interrupted(to));
      InTime.run("blocked before the race, " + name, () -> blockedBefore(to));
    }
  }

  /** The wake-up that tells of the race is consumed by a select that finds something anyway. */
  private static void overBefore(InetSocketAddress to) throws Exception {
    Pipe pipe = Pipe.open();
    try (Selector selector = Selector.open();
        SocketChannel channel = InTime.connecting(to);
        Pipe.SinkChannel sink = pipe.sink();
        Pipe.SourceChannel source = pipe.source()) {
      source.configureBlocking(false);
      SelectionKey event = source.register(selector, SelectionKey.OP_READ);
      channel.register(selector, SelectionKey.OP_CONNECT);
      InTime.quiet(selector, 30);
      sink.write(ByteBuffer.wrap(new byte[1]));
      InTime.awaitSibling(channel, to);
      int found = selector.select(Racing.LONG_MILLIS);
      while (!channel.finishConnect()) {
        selector.selectedKeys().clear();
        found = selector.select(Racing.LONG_MILLIS);
        Cases.isTrue(found > 0);
      }
      channel.keyFor(selector).cancel();
      event.cancel();
      Cases.equal(0, selector.selectNow());
      Cases.equal(false, Self.isWatching());
      Cases.equal(0, selector.select(30));
    }
  }

  /** Closes the channel after its race: the selector no longer looks at its key. */
  private static void closedLate(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open()) {
      try (SocketChannel channel = InTime.connecting(to)) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        InTime.quiet(selector, 30);
        InTime.awaitSibling(channel, to);
      }
      selector.wakeup();
      Cases.equal(0, selector.select(Racing.LONG_MILLIS));
      Cases.equal(0, selector.selectNow());
      Cases.equal(false, Self.isWatching());
    }
  }

  private static void wokenUp(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = InTime.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      CompletableFuture.delayedExecutor(40, TimeUnit.MILLISECONDS).execute(selector::wakeup);
      InTime.quiet(selector, Racing.LONG_MILLIS);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }

  private static void wokenUpBefore(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = InTime.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      selector.wakeup();
      selector.wakeup();
      InTime.quiet(selector, Racing.LONG_MILLIS);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }

  /** The end of a race is the first thing that a select hears which began before it. */
  private static void blockedBefore(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open()) {
      CompletableFuture<Integer> found =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return selector.select(Racing.LONG_MILLIS);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      Racing.letPass(50);
      try (SocketChannel channel = InTime.connecting(to)) {
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        Cases.equal(1, found.get());
        Cases.isTrue(key.isConnectable());
        Cases.isTrue(channel.finishConnect());
      }
    }
  }

  private static void interrupted(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = InTime.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Thread self = Thread.currentThread();
      CompletableFuture<Void> interrupt =
          CompletableFuture.runAsync(
              self::interrupt, CompletableFuture.delayedExecutor(40, TimeUnit.MILLISECONDS));
      try {
        InTime.quiet(selector, Racing.LONG_MILLIS);
        Cases.isTrue(Thread.interrupted());
        Racing.selectConnect(selector, key);
        Cases.isTrue(channel.finishConnect());
      } finally {
        interrupt.join();
        // An interrupt that came too late must not reach the next try.
        Thread.interrupted();
      }
    }
  }
}
