package io.heagent.engine.net;

import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.race.Attempt;
import io.heagent.engine.race.AttemptContext;
import io.heagent.engine.race.AttemptSource;
import io.heagent.engine.race.ConnectListener;
import io.heagent.engine.race.RaceResult;
import io.heagent.engine.race.StaggeredRace;
import io.heagent.engine.resolve.Resolver;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One connect: a race on the loop's thread, which tells the listener and completes a future. Only
 * the loop's thread writes {@code started}.
 */
final class ConnectRace {
  private final EventLoop loop;
  private final Resolver standard;
  private final ConnectSpec spec;
  private final CompletableFuture<ConnectResult> future = new CompletableFuture<>();
  private final List<Target> started = new ArrayList<>();

  /**
   * @param standard looks names up if the plan has no resolver
   */
  ConnectRace(EventLoop loop, Resolver standard, ConnectSpec spec) {
    this.loop = loop;
    this.standard = standard;
    this.spec = spec;
  }

  /**
   * Completed on the loop's thread. If the caller cancels it, the race is cancelled, and a
   * connection that comes later is closed.
   */
  CompletableFuture<ConnectResult> future() {
    return future;
  }

  /**
   * @throws UncheckedIOException if the loop cannot be started
   */
  void begin() {
    loop.execute(this::beginInLoop);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // both end in future, and do not throw
  private void beginInLoop() {
    if (future.isDone()) {
      return; // the caller has cancelled before the race began
    }
    Consumer<List<InetAddress>> whenResolved =
        addresses -> tell(listener -> listener.resolved(spec.host(), addresses));
    AttemptSource<SocketChannel> source =
        spec.addresses() == null
            ? new ResolverSource(loop, spec, resolution(), whenResolved, this::attempt)
            : new AddressListSource(spec, whenResolved, this::attempt);
    CompletableFuture<RaceResult<SocketChannel>> race =
        new StaggeredRace<SocketChannel>(ConnectAttempt::close, loop)
            .start(source, spec.settings().options());
    race.whenComplete(this::ended);
    future.whenComplete(
        (result, failure) -> {
          if (!race.isDone()) {
            cancel(race);
          }
        });
  }

  private Resolution resolution() {
    Resolution planned = spec.settings().plan().resolution();
    return planned == null ? Resolution.of(standard) : planned;
  }

  private void cancel(CompletableFuture<?> race) {
    if (loop.inLoop()) {
      race.cancel(true);
    } else {
      loop.execute(() -> race.cancel(true));
    }
  }

  private void ended(RaceResult<SocketChannel> race, Throwable failure) {
    if (failure != null) {
      tellFinishedLater();
      future.completeExceptionally(failure);
      return;
    }
    if (race.isWon()) {
      var record = race.attempts().get(race.winner());
      long millis = (record.endNanos() - record.startNanos()) / 1_000_000;
      Target winner = started.get(race.winner());
      tell(listener -> listener.won(race.winner(), winner.remote(), millis));
    }
    tellFinished();
    spec.record(started, race.attempts());
    ConnectResult result = new ConnectResult(spec, race, List.copyOf(started));
    if (!future.complete(result)) {
      result.close();
    }
  }

  private Attempt<SocketChannel> attempt(Target target) {
    return new Attempt<>() {
      @Override
      public long delayNanos() {
        return spec.delayNanos(target.remote().getAddress());
      }

      @Override
      public void start(AttemptContext<SocketChannel> context) throws Exception {
        ConnectRace.this.start(target, context);
      }
    };
  }

  private void start(Target target, AttemptContext<SocketChannel> context) throws Exception {
    started.add(target);
    long begin = loop.now();
    int index = context.index();
    tell(listener -> listener.started(index, target.remote(), target.local()));
    new ConnectAttempt(
            loop,
            target,
            spec.settings().socketOptions(),
            cause -> tell(l -> l.failed(index, target.remote(), cause, millisSince(begin))))
        .start(context);
    context.onCancel(() -> tellLost(context, target, begin));
  }

  private void tellLost(AttemptContext<SocketChannel> context, Target target, long begin) {
    tell(
        listener ->
            listener.lost(
                context.index(), target.remote(), context.cancelReason(), millisSince(begin)));
  }

  private void tellFinished() {
    tell(listener -> listener.finished(spec.host(), spec.port(), started.size()));
  }

  /**
   * Tells the end of a cancelled race after that of its attempts: the race stops them after it has
   * run what depends on its future, the last of which is this.
   */
  private void tellFinishedLater() {
    try {
      loop.execute(this::tellFinished);
    } catch (RuntimeException | Error noLoop) {
      tellFinished();
    }
  }

  private long millisSince(long begin) {
    return (loop.now() - begin) / 1_000_000;
  }

  private void tell(Consumer<ConnectListener> event) {
    try {
      event.accept(spec.settings().listener());
    } catch (Throwable thrown) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
  }
}
