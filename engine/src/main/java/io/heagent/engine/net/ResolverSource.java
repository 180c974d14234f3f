package io.heagent.engine.net;

import io.heagent.engine.address.AddressKey;
import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.race.Attempt;
import io.heagent.engine.race.AttemptSource;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.time.Scheduler;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The attempts of one connect whose addresses come family by family: begins to look up when first
 * asked, keeps the race waiting while more may come, and weaves the whole list again, tried
 * addresses counted, whenever some have come (RFC 8305 section 3).
 *
 * <p>All state belongs to the loop.
 */
final class ResolverSource implements AttemptSource<SocketChannel>, Resolver.Listener {
  private final EventLoop loop;
  private final ConnectSpec spec;
  private final Consumer<List<InetAddress>> whenResolved;
  private final Function<Target, Attempt<SocketChannel>> toAttempt;
  private final Deque<Target> targets = new ArrayDeque<>();
  private final List<InetAddress> tried = new ArrayList<>();
  private final Set<AddressKey> triedKeys = new HashSet<>();

  /** The question of the race that waits for addresses; read by any thread if the loop is dead. */
  private volatile Answer<SocketChannel> pending;

  private ResolutionCore core;
  private Resolver.Query query;
  private Scheduler.Timer timer;
  private boolean closed;

  /** What has broken the look-up, after which nothing more comes; null for nothing. */
  private Throwable broken;

  ResolverSource(
      EventLoop loop,
      ConnectSpec spec,
      Consumer<List<InetAddress>> whenResolved,
      Function<Target, Attempt<SocketChannel>> toAttempt) {
    this.loop = loop;
    this.spec = spec;
    this.whenResolved = whenResolved;
    this.toAttempt = toAttempt;
  }

  @Override
  public void next(Answer<SocketChannel> answer) {
    pending = answer;
    if (core == null) {
      Resolver resolver = spec.plan().resolution().resolver();
      long delay = spec.plan().resolution().delay().toNanos();
      core = new ResolutionCore(resolver.questions(), Question.IPV6, delay);
      try {
        query = resolver.resolve(spec.host(), this);
      } catch (Throwable notAsked) {
        broken = notAsked;
      }
    }
    serve();
  }

  @Override
  public void close() {
    closed = true;
    cancelTimer();
    if (query != null) {
      query.cancel();
    }
  }

  @Override
  public void answer(Question question, List<InetAddress> addresses) {
    post(() -> core.answer(question, addresses, loop.now()));
  }

  @Override
  public void failure(Question question, Throwable cause) {
    post(() -> core.failure(question, cause, loop.now()));
  }

  private void post(Supplier<ResolutionCore.Step> event) {
    try {
      loop.execute(() -> handle(event));
    } catch (Throwable noLoop) {
      Answer<SocketChannel> race = pending;
      if (race != null) {
        race.error(noLoop instanceof UncheckedIOException ? noLoop.getCause() : noLoop);
      }
    }
  }

  private void handle(Supplier<ResolutionCore.Step> event) {
    if (closed) {
      return; // too late: nobody is to hear of it
    }
    try {
      advance(event.get());
    } catch (Throwable thrown) {
      broken = thrown;
    }
    serve();
  }

  private void advance(ResolutionCore.Step step) {
    cancelTimer();
    if (step == ResolutionCore.Step.START || step == ResolutionCore.Step.JOIN) {
      weave();
    }
    if (core.wakeAt() != ResolutionCore.NEVER) {
      timer = loop.schedule(core.wakeAt(), () -> handle(() -> core.tick(loop.now())));
    }
  }

  /** What is left to try; the other local addresses of a remote one that was begun stay first. */
  private void weave() {
    List<InetAddress> rest = spec.order(core.addresses(), tried);
    targets.removeIf(target -> !triedKeys.contains(AddressKey.of(target.remote().getAddress())));
    targets.addAll(Target.pairs(rest, spec.port(), spec.localAddresses()));
    if (!rest.isEmpty()) {
      whenResolved.accept(rest);
    }
  }

  private void serve() {
    Answer<SocketChannel> race = pending;
    if (race == null || (targets.isEmpty() && !isOver())) {
      return;
    }
    pending = null;
    try {
      serve(race);
    } catch (Throwable thrown) {
      race.error(thrown);
    }
  }

  private void serve(Answer<SocketChannel> race) {
    Target target = targets.poll();
    if (target != null) {
      InetAddress remote = target.remote().getAddress();
      if (triedKeys.add(AddressKey.of(remote))) {
        tried.add(remote);
      }
      race.attempt(toAttempt.apply(target));
    } else if (broken != null) {
      race.error(broken);
    } else if (!tried.isEmpty()) {
      race.exhausted();
    } else {
      race.error(core.addresses().isEmpty() ? failure() : TargetSource.noPair(spec));
    }
  }

  private boolean isOver() {
    return broken != null || core.isDone();
  }

  /** A fresh exception: others who asked the same were given the resolver's own. */
  private Throwable failure() {
    List<Throwable> causes = core.failures();
    if (causes.isEmpty()) {
      return new UnknownHostException(spec.host() + ": no address");
    }
    Throwable first = causes.get(0);
    if (!(first instanceof UnknownHostException)) {
      return first;
    }
    UnknownHostException failure = new UnknownHostException(first.getMessage());
    failure.initCause(first);
    causes.stream().skip(1).forEach(failure::addSuppressed);
    return failure;
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
