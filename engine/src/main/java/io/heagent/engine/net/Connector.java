package io.heagent.engine.net;

import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.SystemResolver;
import io.heagent.engine.time.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * Runs connects with one loop and one resolver, and waits for them or returns a future.
 * Thread-safe.
 */
public final class Connector {
  private static final long IDLE_NANOS = 5_000_000_000L;

  private static final Connector SHARED =
      new Connector(
          new EventLoop("he-loop", IDLE_NANOS, Selector::open, DaemonThreads.printing()),
          SystemResolver.combined());

  private final EventLoop loop;
  private final Resolver standard;

  /**
   * @param standard looks names up if a plan has no resolver
   */
  Connector(EventLoop loop, Resolver standard) {
    this.loop = loop;
    this.standard = standard;
  }

  /** The one instance that this process shares. */
  public static Connector shared() {
    return SHARED;
  }

  /**
   * Connects and waits.
   *
   * @throws IOException see {@link io.heagent.engine.HappyEyeballs}
   */
  public SocketChannel connect(ConnectSpec spec) throws IOException {
    if (loop.inLoop()) {
      throw new IllegalStateException("a listener must not connect: it would wait for itself");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
    ConnectRace race = begin(spec);
    CompletableFuture<ConnectResult> future = race.future();
    try {
      return future.get().channelOrThrow();
    } catch (InterruptedException e) {
      if (!future.cancel(true) && !future.isCompletedExceptionally()) {
        future.join().close(); // the race has ended at the same moment
      }
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IOException(e.getCause());
    }
  }

  /** Connects; see {@link io.heagent.engine.HappyEyeballs}. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callbacks do not throw
  public CompletableFuture<SocketChannel> connectAsync(ConnectSpec spec) {
    CompletableFuture<SocketChannel> user = new CompletableFuture<>();
    ConnectRace race;
    try {
      race = begin(spec);
    } catch (IOException e) {
      user.completeExceptionally(e);
      return user;
    }
    // Not on the loop's thread: the dependent actions of the caller's future would hold up all
    // other races.
    Executor executor = user.defaultExecutor();
    race.future()
        .whenComplete((result, error) -> executor.execute(() -> deliver(result, error, user)));
    user.whenComplete((channel, error) -> race.future().cancel(true));
    return user;
  }

  private ConnectRace begin(ConnectSpec spec) throws IOException {
    ConnectRace race = new ConnectRace(loop, standard, spec);
    try {
      race.begin();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return race;
  }

  private static void deliver(
      ConnectResult result, Throwable error, CompletableFuture<SocketChannel> user) {
    if (result == null) {
      user.completeExceptionally(error);
      return;
    }
    try {
      if (!user.complete(result.channelOrThrow())) {
        result.close();
      }
    } catch (IOException | RuntimeException failure) {
      user.completeExceptionally(failure);
    }
  }
}
