package io.heagent.it.channel;

import io.heagent.it.lab.Cases;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Steps that several cases take with their channels. */
public final class Racing {
  public static final long LONG_MILLIS = 20_000;

  private Racing() {}

  /** A non-blocking channel, not connected. */
  public static SocketChannel channel() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    return channel;
  }

  /** A non-blocking channel that has begun to connect. */
  public static SocketChannel connecting(InetSocketAddress to) throws IOException {
    SocketChannel channel = channel();
    Cases.equal(false, channel.connect(to));
    return channel;
  }

  /** Pauses, so that the race is about at some moment; no case depends on the exact moment. */
  public static void letPass(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Polls until connected. */
  public static void finish(SocketChannel channel) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONG_MILLIS);
    while (!channel.finishConnect()) {
      Cases.isTrue(System.nanoTime() < deadline);
      letPass(1);
    }
  }

  /** Selects once; that has to be the one event. */
  public static void selectConnect(Selector selector, SelectionKey key) throws IOException {
    Cases.equal(1, selector.select(LONG_MILLIS));
    Cases.isTrue(key.isConnectable());
    selector.selectedKeys().clear();
  }

  /** The banner of the talk service comes by an OP_READ. */
  public static void readBanner(Selector selector, SelectionKey key) throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    Cases.equal(1, selector.select(LONG_MILLIS));
    selector.selectedKeys().clear();
    Cases.isTrue(((SocketChannel) key.channel()).read(ByteBuffer.allocate(100)) > 10);
  }
}
