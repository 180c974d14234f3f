package io.heagent.it.manners;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
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
    deadFirst = ChannelScenario.DEAD_FIRST.address(port);
    refusedDead = ChannelScenario.REFUSED_DEAD_GOOD.address(port);
  }

  void run() throws Exception {
    for (InetSocketAddress to : new InetSocketAddress[] {deadFirst, refusedDead}) {
      String name = to.getHostString();
      InTime.run("two selectors, " + name, () -> twoSelectors(to));
      InTime.run("registered again, " + name, () -> registeredAgain(to));
      InTime.run("key cancelled, " + name, () -> keyCancelled(to));
      InTime.run("registered anew elsewhere, " + name, () -> moved(to));
      InTime.run("selector closed, " + name, () -> selectorClosed(to));
      InTime.run("number used again, " + name, () -> numberUsedAgain(to));
      InTime.run("interest off and on, " + name, () -> interestChanged(to));
      InTime.run("registered when it is over, " + name, () -> registeredLate(to));
    }
  }

  private static void twoSelectors(InetSocketAddress to) throws Exception {
    try (Selector one = Selector.open();
        Selector two = Selector.open();
        SocketChannel channel = InTime.connecting(to)) {
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

  /** The same key, with other interest and an attachment that comes during the race. */
  private static void registeredAgain(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = InTime.connecting(to)) {
      SelectionKey key = channel.register(selector, 0);
      InTime.quiet(selector, 20);
      key.attach("first");
      int ops = SelectionKey.OP_CONNECT | SelectionKey.OP_READ;
      Cases.isTrue(channel.register(selector, ops, "second") == key);
      Racing.selectConnect(selector, key);
      Cases.equal("second", key.attachment());
      Cases.equal(ops, key.interestOps());
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(selector, key);
    }
  }

  private static void keyCancelled(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = InTime.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      InTime.quiet(selector, 30);
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
        SocketChannel channel = InTime.connecting(to)) {
      channel.register(first, SelectionKey.OP_CONNECT).cancel();
      InTime.quiet(first, 30);
      SelectionKey key = channel.register(second, SelectionKey.OP_CONNECT);
      Racing.selectConnect(second, key);
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(second, key);
      Cases.equal(0, first.selectNow());
    }
  }

  @SuppressWarnings("try") // The close is the case; that at the end is for a try that is late.
  private static void selectorClosed(InetSocketAddress to) throws Exception {
    try (Selector first = Selector.open();
        Selector second = Selector.open();
        SocketChannel channel = InTime.connecting(to)) {
      channel.register(first, SelectionKey.OP_CONNECT);
      InTime.quiet(first, 30);
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
        SocketChannel closed = InTime.connecting(to);
        SelectionKey old = closed.register(selector, SelectionKey.OP_CONNECT);
        if (moment > 0) {
          selector.select(moment);
        }
        closed.close();
        // Closes it, for the selector has it no more: the number is the lowest that is free.
        Cases.equal(0, selector.selectNow());
        try (SocketChannel channel = InTime.connecting(to)) {
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
        SocketChannel channel = InTime.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      InTime.quiet(selector, 20);
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
        SocketChannel channel = InTime.connecting(to)) {
      Racing.letPass(400);
      Cases.equal(true, channel.isConnectionPending());
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(selector, key);
    }
  }
}
