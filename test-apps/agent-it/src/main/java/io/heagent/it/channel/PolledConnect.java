package io.heagent.it.channel;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Connects one channel that no selector knows. */
public final class PolledConnect {
  private final ChannelPath path;
  private final Facts facts;

  public PolledConnect(ChannelPath path, Facts facts) {
    this.path = path;
    this.facts = facts;
  }

  /** Connects, and talks to the service if that comes to something. */
  public void run(InetSocketAddress to, long patienceMillis) throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      facts.put("connect", channel.connect(to));
      facts.put("pending", channel.getRemoteAddress());
      boolean finished =
          path == ChannelPath.MADE_BLOCKING
              ? finishBlocking(channel, patienceMillis)
              : poll(channel, patienceMillis);
      facts.put("finish", finished);
      if (finished) {
        channel.configureBlocking(true);
        SelectedTalk.note(facts, channel, talk(channel));
      }
    }
  }

  private static boolean poll(SocketChannel channel, long patienceMillis) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    boolean finished = channel.finishConnect();
    while (!finished && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      finished = channel.finishConnect();
    }
    return finished;
  }

  private boolean finishBlocking(SocketChannel channel, long patienceMillis) throws IOException {
    channel.configureBlocking(true);
    Timer closer = new Timer(true);
    closer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            close(channel);
          }
        },
        patienceMillis);
    try {
      return channel.finishConnect();
    } finally {
      closer.cancel();
      facts.put("blocking", channel.isBlocking());
    }
  }

  private void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      facts.put("close", e);
    }
  }

  // In blocking mode: the descriptor itself must be in that mode too after finishConnect, or after
  // the winner's was adopted.
  private static String talk(SocketChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap("pingpong".getBytes(StandardCharsets.US_ASCII)));
    StringBuilder received = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(256);
    while (received.indexOf("pingpong") < 0) {
      int count = channel.read(buffer.clear());
      if (count <= 0) {
        throw new IOException("read " + count + " after " + received);
      }
      received.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
    }
    return received.toString();
  }
}
