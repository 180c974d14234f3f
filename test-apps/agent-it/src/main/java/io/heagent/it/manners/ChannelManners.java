package io.heagent.it.manners;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.it.lab.Self;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Map;

/** The JDK's own answers to a channel's misuse; they hold with the agent and without. */
final class ChannelManners {
  private static final ByteBuffer BYTE = ByteBuffer.allocate(1);

  private final InetSocketAddress allDead;
  private final InetSocketAddress allRefused;
  private final InetSocketAddress good;

  ChannelManners(int port) {
    allDead = ChannelScenario.ALL_DEAD.address(port);
    allRefused = ChannelScenario.ALL_REFUSED.address(port);
    good = ChannelScenario.GOOD_FIRST.address(port);
  }

  void run() throws Exception {
    Cases.run("connect when closed", this::closed);
    Cases.run("connect when pending", this::pending);
    Cases.run("connect when connected", this::connected);
    Cases.run("connect when bound", this::bound);
    Cases.run("connect when failed", this::failed);
    Cases.run("finishConnect without connect", this::notPending);
    Cases.run("read and write when pending", this::unusable);
    Cases.run("blocking when registered", this::registered);
    for (int moment : new int[] {0, 30, 100, 150, 280}) {
      Cases.run("closed after " + moment + " ms", () -> closedAfter(moment, false));
      Cases.run("closed and deregistered after " + moment + " ms", () -> closedAfter(moment, true));
    }
  }

  private void closed() throws Exception {
    SocketChannel channel = Racing.channel();
    channel.close();
    Cases.fails(ClosedChannelException.class, () -> channel.connect(allDead));
    Cases.fails(ClosedChannelException.class, channel::finishConnect);
  }

  private void pending() throws Exception {
    try (SocketChannel channel = Racing.connecting(allDead)) {
      Cases.fails(ConnectionPendingException.class, () -> channel.connect(allDead));
      Racing.letPass(150);
      Cases.fails(ConnectionPendingException.class, () -> channel.connect(good));
      Cases.fails(ConnectionPendingException.class, () -> channel.bind(null));
      Cases.equal(true, channel.isConnectionPending());
      Cases.equal(false, channel.finishConnect());
    }
  }

  private void connected() throws Exception {
    try (SocketChannel channel = Racing.connecting(good)) {
      Racing.finish(channel);
      Cases.fails(AlreadyConnectedException.class, () -> channel.connect(good));
      Cases.equal(true, channel.finishConnect());
      Cases.fails(AlreadyBoundException.class, () -> channel.bind(null));
    }
  }

  /** To a port of its own the channel cannot race; it connects as ever, from that port. */
  private void bound() throws Exception {
    SocketAddress local;
    try (SocketChannel channel = Racing.channel()) {
      channel.bind(new InetSocketAddress(ChannelScenario.Hosts.SECOND, 0));
      local = channel.getLocalAddress();
      channel.connect(good);
      Racing.finish(channel);
      Cases.equal(local, channel.getLocalAddress());
    }
  }

  private void failed() throws Exception {
    try (SocketChannel channel = Racing.connecting(allRefused)) {
      Cases.fails(ConnectException.class, () -> Racing.finish(channel));
      Cases.equal(false, channel.isOpen());
      Cases.fails(ClosedChannelException.class, channel::finishConnect);
    }
  }

  private void notPending() throws Exception {
    try (SocketChannel channel = Racing.channel()) {
      Cases.fails(NoConnectionPendingException.class, channel::finishConnect);
    }
  }

  private void unusable() throws Exception {
    try (SocketChannel channel = Racing.connecting(allDead)) {
      for (int i = 0; i < 2; i++) {
        Cases.fails(NotYetConnectedException.class, () -> channel.read(BYTE.duplicate()));
        Cases.fails(NotYetConnectedException.class, () -> channel.write(BYTE.duplicate()));
        Cases.fails(NotYetConnectedException.class, channel::shutdownOutput);
        Cases.equal(false, channel.isConnected());
        Cases.equal(false, channel.socket().isConnected());
        Racing.letPass(150);
      }
    }
  }

  private void registered() throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(allDead)) {
      channel.register(selector, SelectionKey.OP_CONNECT);
      Cases.fails(IllegalBlockingModeException.class, () -> channel.configureBlocking(true));
      Cases.equal(0, selector.select(130));
    }
  }

  /** Every attempt is given up: the number of descriptors is what it was. */
  private void closedAfter(int moment, boolean register) throws Exception {
    try (Selector selector = Selector.open()) {
      selector.selectNow();
      Map<String, String> before = Self.open();
      SocketChannel channel = Racing.connecting(allDead);
      if (register) {
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        Cases.equal(0, moment == 0 ? selector.selectNow() : selector.select(moment));
        channel.close();
        Cases.equal(false, key.isValid());
        Cases.equal(0, selector.selectNow());
      } else {
        Racing.letPass(moment);
        channel.close();
      }
      Cases.equal("back", Self.backTo(before));
    }
  }
}
