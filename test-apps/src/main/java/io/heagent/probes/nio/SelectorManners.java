package io.heagent.probes.nio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What selectors and keys may do to a channel while it races, and what they must then see. */
final class SelectorManners {
  private final InetSocketAddress deadFirst;
  private final InetSocketAddress refusedDead;

  SelectorManners(int port) {
    deadFirst = NioScenario.DEAD_FIRST.address(port);
    refusedDead = NioScenario.REFUSED_DEAD_GOOD.address(port);
  }

  void run() throws Exception {
    for (InetSocketAddress to : new InetSocketAddress[] {deadFirst, refusedDead}) {
      String name = to.getHostString();
      Cases.run("two selectors, " + name, () -> twoSelectors(to));
      Cases.run("key cancelled, " + name, () -> keyCancelled(to));
      Cases.run("registered anew elsewhere, " + name, () -> moved(to));
      Cases.run("selector closed, " + name, () -> selectorClosed(to));
      Cases.run("number used again, " + name, () -> numberUsedAgain(to));
      Cases.run("interest off and on, " + name, () -> interestChanged(to));
      Cases.run("registered when it is over, " + name, () -> registeredLate(to));
      Cases.run("over before select, beside another event, " + name, () -> overBefore(to));
      Cases.run("closed when it is over, " + name, () -> closedLate(to));
      Cases.run("wakeup during a race, " + name, () -> wokenUp(to));
      Cases.run("wakeup before select, " + name, () -> wokenUpBefore(to));
      Cases.run("interrupt during a race, " + name, () -> interrupted(to));
    }
  }

  private static void twoSelectors(InetSocketAddress to) throws Exception {
    try (Selector one = Selector.open();
        Selector two = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      SelectionKey keyOne = channel.register(one, SelectionKey.OP_CONNECT);
      SelectionKey keyTwo = channel.register(two, SelectionKey.OP_CONNECT);
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                try {
                  Racing.selectConnect(two, keyTwo);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      Racing.selectConnect(one, keyOne);
      other.get(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS);
      Cases.isTrue(channel.finishConnect());
      keyOne.interestOps(0);
      Racing.readBanner(two, keyTwo);
    }
  }

  private static void keyCancelled(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Cases.equal(0, selector.select(30));
      key.cancel();
      Cases.equal(0, selector.select(300));
      Cases.equal(false, channel.isRegistered());
      Cases.fails(CancelledKeyException.class, key::readyOps);
      Racing.finish(channel);
      Racing.readBanner(selector, channel.register(selector, 0));
    }
  }

  private static void moved(InetSocketAddress to) throws Exception {
    try (Selector first = Selector.open();
        Selector second = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      channel.register(first, SelectionKey.OP_CONNECT).cancel();
      Cases.equal(0, first.select(30));
      SelectionKey key = channel.register(second, SelectionKey.OP_CONNECT);
      Racing.selectConnect(second, key);
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(second, key);
      Cases.equal(0, first.selectNow());
    }
  }

  private static void selectorClosed(InetSocketAddress to) throws Exception {
    try (Selector second = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      Selector first = Selector.open();
      channel.register(first, SelectionKey.OP_CONNECT);
      Cases.equal(0, first.select(30));
      first.close();
      SelectionKey key = channel.register(second, SelectionKey.OP_CONNECT);
      Racing.selectConnect(second, key);
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(second, key);
    }
  }

  /** The selector knows channels by their descriptors' numbers, too. */
  private static void numberUsedAgain(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open()) {
      for (int moment : new int[] {0, 20, 150}) {
        SocketChannel closed = Racing.connecting(to);
        SelectionKey old = closed.register(selector, SelectionKey.OP_CONNECT);
        if (moment > 0) {
          selector.select(moment);
        }
        closed.close();
        // Closes it, for the selector has it no more: the number is the lowest that is free.
        Cases.equal(0, selector.selectNow());
        try (SocketChannel channel = Racing.connecting(to)) {
          SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
          Racing.selectConnect(selector, key);
          Cases.equal(false, old.isValid());
          Cases.isTrue(channel.finishConnect());
          Racing.readBanner(selector, key);
        }
        selector.selectNow();
      }
    }
  }

  private static void interestChanged(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Cases.equal(0, selector.select(20));
      key.interestOps(0);
      // Long enough for the race to be over: without interest nothing is told.
      Cases.equal(0, selector.select(400));
      key.interestOps(SelectionKey.OP_CONNECT);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(selector, key);
    }
  }

  private static void registeredLate(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      Racing.letPass(400);
      Cases.equal(true, channel.isConnectionPending());
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(selector, key);
    }
  }

  /** The wake-up that tells of the race is consumed by a select that finds something anyway. */
  private static void overBefore(InetSocketAddress to) throws Exception {
    Pipe pipe = Pipe.open();
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(to);
        Pipe.SinkChannel sink = pipe.sink();
        Pipe.SourceChannel source = pipe.source()) {
      source.configureBlocking(false);
      SelectionKey event = source.register(selector, SelectionKey.OP_READ);
      channel.register(selector, SelectionKey.OP_CONNECT);
      Cases.equal(0, selector.select(30));
      sink.write(ByteBuffer.wrap(new byte[1]));
      awaitSibling(channel, to);
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

  /** Nobody looks at the key of a race that is over any more. */
  private static void closedLate(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open()) {
      try (SocketChannel channel = Racing.connecting(to)) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        Cases.equal(0, selector.select(30));
        awaitSibling(channel, to);
      }
      selector.wakeup();
      Cases.equal(0, selector.select(Racing.LONG_MILLIS));
      Cases.equal(0, selector.selectNow());
      Cases.equal(false, Self.isWatching());
    }
  }

  /**
   * Until the race is over, as far as that can be told from outside; without the agent, a while.
   */
  private static void awaitSibling(SocketChannel channel, InetSocketAddress to) throws IOException {
    for (int i = 0; i < 100 && to.equals(channel.getRemoteAddress()); i++) {
      Racing.letPass(10);
    }
    Racing.letPass(50);
  }

  private static void wokenUp(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      CompletableFuture.delayedExecutor(40, TimeUnit.MILLISECONDS).execute(selector::wakeup);
      Cases.equal(0, selector.select(Racing.LONG_MILLIS));
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }

  private static void wokenUpBefore(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      selector.wakeup();
      selector.wakeup();
      Cases.equal(0, selector.select(Racing.LONG_MILLIS));
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }

  private static void interrupted(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Thread self = Thread.currentThread();
      CompletableFuture.delayedExecutor(40, TimeUnit.MILLISECONDS).execute(self::interrupt);
      Cases.equal(0, selector.select(Racing.LONG_MILLIS));
      Cases.isTrue(Thread.interrupted());
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }
}
