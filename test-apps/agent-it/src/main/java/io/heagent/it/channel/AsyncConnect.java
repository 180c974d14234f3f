package io.heagent.it.channel;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Connects one asynchronous channel. */
public final class AsyncConnect {
  private static final long LONG_MILLIS = 30_000;

  private final ChannelPath path;
  private final Facts facts;
  private final AtomicInteger calls = new AtomicInteger();

  public AsyncConnect(ChannelPath path, Facts facts) {
    this.path = path;
    this.facts = facts;
  }

  /** Connects, and talks to the service if that comes to something. */
  public void run(InetSocketAddress to, long patienceMillis) throws Exception {
    if (path != ChannelPath.ASYNC_OWN_GROUP) {
      connect(null, to, patienceMillis);
      return;
    }
    AsynchronousChannelGroup group =
        AsynchronousChannelGroup.withFixedThreadPool(1, task -> new Thread(task, "own group"));
    try {
      connect(group, to, patienceMillis);
    } finally {
      group.shutdownNow();
      facts.put("group", group.awaitTermination(LONG_MILLIS, TimeUnit.MILLISECONDS));
    }
  }

  private void connect(AsynchronousChannelGroup group, InetSocketAddress to, long patienceMillis)
      throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group)) {
      Future<Void> connected =
          path == ChannelPath.ASYNC_FUTURE ? channel.connect(to) : handled(channel, to);
      try {
        await(channel, connected, patienceMillis);
      } finally {
        facts.put("calls", path == ChannelPath.ASYNC_FUTURE ? 1 : calls.get());
      }
      facts.put("finish", true);
      SelectedTalk.note(
          facts,
          (InetSocketAddress) channel.getLocalAddress(),
          (InetSocketAddress) channel.getRemoteAddress(),
          talk(channel));
    }
  }

  private Future<Void> handled(AsynchronousSocketChannel channel, InetSocketAddress to) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    channel.connect(
        to,
        null,
        new CompletionHandler<Void, Void>() {
          @Override
          public void completed(Void result, Void attachment) {
            calls.incrementAndGet();
            future.complete(null);
          }

          @Override
          public void failed(Throwable failure, Void attachment) {
            calls.incrementAndGet();
            future.completeExceptionally(failure);
          }
        });
    return future;
  }

  private void await(AsynchronousSocketChannel channel, Future<Void> connected, long patienceMillis)
      throws Exception {
    try {
      try {
        connected.get(patienceMillis, TimeUnit.MILLISECONDS);
      } catch (TimeoutException hangs) {
        facts.put("hangs", true);
        channel.close();
        connected.get(LONG_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static String talk(AsynchronousSocketChannel channel) throws Exception {
    byte[] ping = "pingpong".getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(ping)).get(LONG_MILLIS, TimeUnit.MILLISECONDS);
    StringBuilder received = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(256);
    while (received.indexOf("pingpong") < 0) {
      int count = channel.read(buffer.clear()).get(LONG_MILLIS, TimeUnit.MILLISECONDS);
      if (count <= 0) {
        throw new IOException("read " + count + " after " + received);
      }
      received.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
    }
    return received.toString();
  }
}
