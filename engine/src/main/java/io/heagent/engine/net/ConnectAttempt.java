package io.heagent.engine.net;

import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.loop.Watch;
import io.heagent.engine.race.Attempt;
import io.heagent.engine.race.AttemptContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One TCP connect on the loop's thread, which is the only one that uses it. It owns its channel
 * until it reports success; the channel is not registered with the selector then. If it ends in any
 * other way, it closes the channel.
 */
final class ConnectAttempt implements Attempt<SocketChannel> {
  /** A failure within this time counts as local: no route, or refused at once. */
  private static final long LOCAL_NANOS = 10_000_000L;

  private final EventLoop loop;
  private final Target target;
  private final Map<SocketOption<?>, Object> options;
  private final Consumer<Throwable> whenFailed;
  private AttemptContext<SocketChannel> context;
  private SocketChannel channel;
  private Watch watch;
  private long startedAt;

  /**
   * @param whenFailed takes the cause, just before the race does
   */
  ConnectAttempt(
      EventLoop loop,
      Target target,
      Map<SocketOption<?>, Object> options,
      Consumer<Throwable> whenFailed) {
    this.loop = loop;
    this.target = target;
    this.options = options;
    this.whenFailed = whenFailed;
  }

  @Override
  public void start(AttemptContext<SocketChannel> toReportTo) {
    context = toReportTo;
    startedAt = loop.now();
    boolean connected;
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      for (Map.Entry<SocketOption<?>, Object> option : options.entrySet()) {
        set(option.getKey(), option.getValue());
      }
      if (target.local() != null) {
        channel.bind(new InetSocketAddress(target.local(), 0));
      }
      connected = channel.connect(target.remote());
      if (!connected) {
        watch = loop.watch(channel, SelectionKey.OP_CONNECT, this::ready);
      }
    } catch (Throwable thrown) {
      fail(thrown, true); // nothing was sent, or the address refused at once
      return;
    }
    if (connected) {
      succeed();
    } else {
      context.onCancel(this::release);
    }
  }

  private void ready() {
    try {
      watch = null;
      if (!channel.finishConnect()) {
        watch = loop.watch(channel, SelectionKey.OP_CONNECT, this::ready);
        return;
      }
    } catch (Throwable thrown) {
      fail(thrown, loop.now() - startedAt < LOCAL_NANOS);
      return;
    }
    succeed();
  }

  private void succeed() {
    try {
      channel.configureBlocking(true);
    } catch (Throwable thrown) {
      fail(thrown, false);
      return;
    }
    context.succeed(channel);
  }

  private void fail(Throwable cause, boolean local) {
    try {
      release();
    } catch (Throwable fromRelease) {
      if (fromRelease != cause) {
        cause.addSuppressed(fromRelease);
      }
    }
    whenFailed.accept(cause);
    if (local) {
      context.failLocally(cause);
    } else {
      context.fail(cause);
    }
  }

  private void release() {
    try {
      if (watch != null) {
        watch.end();
        watch = null;
      }
    } finally {
      close(channel);
    }
  }

  /** Closes a channel that is not needed; null is allowed. */
  static void close(SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The descriptor is closed even if close throws.
    }
  }

  @SuppressWarnings("unchecked") // HappyEyeballs.option takes pairs of matching types
  private void set(SocketOption<?> option, Object value) throws IOException {
    channel.setOption((SocketOption<Object>) option, value);
  }
}
