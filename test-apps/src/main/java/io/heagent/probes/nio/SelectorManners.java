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
  private static final int MOST_TRIES = 20;

  /** Somewhat less than the delay: until then a race to a dead first address is on for sure. */
  private static final long RACING_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  /** When the last connect began; cases run one after another. */
  private static volatile long begun;

  private final InetSocketAddress deadFirst;
  private final InetSocketAddress refusedDead;

  SelectorManners(int port) {
    deadFirst = NioScenario.DEAD_FIRST.address(port);
    refusedDead = NioScenario.REFUSED_DEAD_GOOD.address(port);
  }

  void run() throws Exception {
    for (InetSocketAddress to : new InetSocketAddress[] {deadFirst, refusedDead}) {
      String name = to.getHostString();
      inTime("two selectors, " + name, () -> twoSelectors(to));
      inTime("key cancelled, " + name, () -> keyCancelled(to));
      inTime("registered anew elsewhere, " + name, () -> moved(to));
      inTime("selector closed, " + name, () -> selectorClosed(to));
      inTime("number used again, " + name, () -> numberUsedAgain(to));
      inTime("interest off and on, " + name, () -> interestChanged(to));
      inTime("registered when it is over, " + name, () -> registeredLate(to));
      inTime("over before select, beside another event, " + name, () -> overBefore(to));
      inTime("closed when it is over, " + name, () -> closedLate(to));
      inTime("wakeup during a race, " + name, () -> wokenUp(to));
      inTime("wakeup before select, " + name, () -> wokenUpBefore(to));
      inTime("interrupt during a race, " + name, () -> interrupted(to));
    }
  }

  /** Again where the machine was so late that a race was over before it could be looked at. */
  private static void inTime(String name, Cases.Body body) throws InterruptedException {
    Cases.run(
        name,
        () -> {
          for (int i = 0; i < MOST_TRIES; i++) {
            try {
              body.run();
              return;
            } catch (LateException late) {
              Racing.letPass(1);
            }
          }
          throw new LateException();
        });
  }

  private static SocketChannel connecting(InetSocketAddress to) throws IOException {
    begun = System.nanoTime();
    return Racing.connecting(to);
  }

  /** A select that returns nothing, for the race is on; by a wake-up or when its time is over. */
  private static void quiet(Selector selector, long millis) throws IOException {
    int ready = selector.select(millis);
    if (ready != 0 && System.nanoTime() - begun > RACING_NANOS) {
      throw new LateException();
    }
    Cases.equal(0, ready);
  }

  private static final class LateException extends IOException {
    private static final long serialVersionUID = 1;
  }

  private static void twoSelectors(InetSocketAddress to) throws Exception {
    try (Selector one = Selector.open();
        Selector two = Selector.open();
        SocketChannel channel = connecting(to)) {
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
        SocketChannel channel = connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      quiet(selector, 30);
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
        SocketChannel channel = connecting(to)) {
      channel.register(first, SelectionKey.OP_CONNECT).cancel();
      quiet(first, 30);
      SelectionKey key = channel.register(second, SelectionKey.OP_CONNECT);
      Racing.selectConnect(second, key);
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(second, key);
      Cases.equal(0, first.selectNow());
    }
  }

  private static void selectorClosed(InetSocketAddress to) throws Exception {
    try (Selector second = Selector.open();
        SocketChannel channel = connecting(to)) {
      Selector first = Selector.open();
      channel.register(first, SelectionKey.OP_CONNECT);
      quiet(first, 30);
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
        SocketChannel closed = connecting(to);
        SelectionKey old = closed.register(selector, SelectionKey.OP_CONNECT);
        if (moment > 0) {
          selector.select(moment);
        }
        closed.close();
        // Closes it, for the selector has it no more: the number is the lowest that is free.
        Cases.equal(0, selector.selectNow());
        try (SocketChannel channel = connecting(to)) {
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
        SocketChannel channel = connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      quiet(selector, 20);
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
        SocketChannel channel = connecting(to)) {
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
        SocketChannel channel = connecting(to);
        Pipe.SinkChannel sink = pipe.sink();
        Pipe.SourceChannel source = pipe.source()) {
      source.configureBlocking(false);
      SelectionKey event = source.register(selector, SelectionKey.OP_READ);
      channel.register(selector, SelectionKey.OP_CONNECT);
      quiet(selector, 30);
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
      try (SocketChannel channel = connecting(to)) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        quiet(selector, 30);
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
        SocketChannel channel = connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      CompletableFuture.delayedExecutor(40, TimeUnit.MILLISECONDS).execute(selector::wakeup);
      quiet(selector, Racing.LONG_MILLIS);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }

  private static void wokenUpBefore(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      selector.wakeup();
      selector.wakeup();
      quiet(selector, Racing.LONG_MILLIS);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }

  private static void interrupted(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Thread self = Thread.currentThread();
      CompletableFuture<Void> interrupt =
          CompletableFuture.runAsync(
              self::interrupt, CompletableFuture.delayedExecutor(40, TimeUnit.MILLISECONDS));
      try {
        quiet(selector, Racing.LONG_MILLIS);
        Cases.isTrue(Thread.interrupted());
        Racing.selectConnect(selector, key);
        Cases.isTrue(channel.finishConnect());
      } finally {
        interrupt.join();
        // Of one that came too late, the next try must know nothing.
        Thread.interrupted();
      }
    }
  }
}
