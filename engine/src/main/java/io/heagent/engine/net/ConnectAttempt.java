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
 * One TCP connect on the loop thread. Owns its channel until it reports success, by when it is
 * registered nowhere any more; on every other way out the channel is closed.
 */
final class ConnectAttempt implements Attempt<SocketChannel> {
  /** What fails sooner has cost the network next to nothing: no route, or refused at once. */
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
   * @param whenFailed is told the cause just before the race is
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
      fail(thrown, true); // while being made: nothing was sent, or it was refused on the spot
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

  /** Closes a channel that nobody wants; an error while closing has nobody to go to. */
  static void close(SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }

  @SuppressWarnings("unchecked") // the facade takes options and values in pairs of one type
  private void set(SocketOption<?> option, Object value) throws IOException {
    channel.setOption((SocketOption<Object>) option, value);
  }
}
