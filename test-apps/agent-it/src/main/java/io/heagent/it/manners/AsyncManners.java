package io.heagent.it.manners;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.it.lab.Self;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The same for asynchronous channels. */
final class AsyncManners {
  private final InetSocketAddress allDead;
  private final InetSocketAddress good;

  AsyncManners(int port) {
    allDead = ChannelScenario.ALL_DEAD.address(port);
    good = ChannelScenario.GOOD_FIRST.address(port);
  }

  void run() throws Exception {
    Cases.run("async connect when pending", this::pending);
    Cases.run("async connect when connected", this::connected);
    Cases.run("async connect when closed", this::closed);
    for (int moment : new int[] {0, 30, 100, 150, 280}) {
      Cases.run("async closed after " + moment + " ms", () -> ended(moment, false));
      Cases.run("async cancelled after " + moment + " ms", () -> ended(moment, true));
      Cases.run("group shut down after " + moment + " ms", () -> groupEnded(moment));
    }
  }

  private void pending() throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      Future<Void> first = channel.connect(allDead);
      for (int i = 0; i < 2; i++) {
        Cases.fails(ConnectionPendingException.class, () -> begun(channel.connect(good)));
        Cases.fails(
            NotYetConnectedException.class, () -> begun(channel.read(ByteBuffer.allocate(1))));
        Cases.fails(TimeoutException.class, () -> first.get(150, TimeUnit.MILLISECONDS));
      }
    }
  }

  private void connected() throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      channel.connect(good).get(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS);
      Cases.fails(AlreadyConnectedException.class, () -> begun(channel.connect(good)));
    }
  }

  private void closed() throws Exception {
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
    channel.close();
    Cases.equal(ClosedChannelException.class, failure(channel.connect(allDead)));
  }

  private void ended(int moment, boolean cancel) throws Exception {
    // Opens the default group, which stays open until the JVM ends.
    AsynchronousSocketChannel.open().close();
    Map<String, String> before = Self.open();
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
    Future<Void> connect = channel.connect(allDead);
    Racing.letPass(moment);
    if (cancel) {
      Cases.isTrue(connect.cancel(true));
      Cases.fails(CancellationException.class, connect::get);
      Cases.equal(false, channel.isOpen());
    }
    channel.close();
    if (!cancel) {
      Cases.equal(AsynchronousCloseException.class, failure(connect));
    }
    Cases.equal("back", Self.backTo(before));
  }

  private void groupEnded(int moment) throws Exception {
    AsynchronousChannelGroup group =
        AsynchronousChannelGroup.withFixedThreadPool(1, task -> new Thread(task, "own group"));
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group);
    Future<Void> connect = channel.connect(allDead);
    Racing.letPass(moment);
    group.shutdownNow();
    Cases.equal(AsynchronousCloseException.class, failure(connect));
    Cases.isTrue(group.awaitTermination(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS));
    Cases.equal(false, channel.isOpen());
  }

  /** Where none may begin; what becomes of it does not matter. */
  private static void begun(Future<?> operation) {
    Cases.isTrue(operation != null);
  }

  private static Class<?> failure(Future<?> future) throws Exception {
    try {
      future.get(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause().getClass();
    }
  }
}
