package io.heagent.engine.net;

import io.heagent.engine.address.AddressKey;
import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.race.Attempt;
import io.heagent.engine.race.AttemptSource;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupEnd;
import io.heagent.engine.resolve.shared.SharedLookup;
import io.heagent.engine.time.DaemonThreads;
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

/**
 * The attempts of one connect whose addresses are looked up. The look-up begins when the race asks
 * for the first attempt, so that the race's timeout and cancellation cover it. The source lets the
 * race wait while more addresses may come, and interleaves the whole list again, with the addresses
 * tried before, each time some have come (RFC 8305 section 3).
 *
 * <p>Only the loop's thread reads and writes the fields, except {@code pending}.
 */
final class ResolverSource implements AttemptSource<SocketChannel> {
  private final EventLoop loop;
  private final ConnectSpec spec;
  private final Resolution resolution;
  private final Consumer<List<InetAddress>> whenResolved;
  private final Function<Target, Attempt<SocketChannel>> toAttempt;
  private final Deque<Target> targets = new ArrayDeque<>();
  private final List<InetAddress> tried = new ArrayList<>();
  private final Set<AddressKey> triedKeys = new HashSet<>();

  /**
   * The race's question that waits for addresses; null if there is none. Written by the loop's
   * thread; any thread reads it if the loop's thread cannot be started.
   */
  private volatile Answer<SocketChannel> pending;

  /** The look-up of this connect; null until the race has asked for the first attempt. */
  private SharedLookup lookup;

  /** What the loop's thread knows of the look-up. */
  private Known known = Known.NOTHING;

  /** The addresses that were interleaved last. */
  private List<InetAddress> woven = List.of();

  private boolean closed;

  /** The exception that has ended this source; null if there was none. */
  private Throwable broken;

  /** The look-up belongs to this connect, so nothing else need be told of its end. */
  private static final class Alone implements LookupEnd {
    @Override
    public void done(SharedLookup lookup, Known last) {}

    @Override
    public void dropped(SharedLookup lookup) {}
  }

  ResolverSource(
      EventLoop loop,
      ConnectSpec spec,
      Resolution resolution,
      Consumer<List<InetAddress>> whenResolved,
      Function<Target, Attempt<SocketChannel>> toAttempt) {
    this.loop = loop;
    this.spec = spec;
    this.resolution = resolution;
    this.whenResolved = whenResolved;
    this.toAttempt = toAttempt;
  }

  @Override
  public void next(Answer<SocketChannel> answer) {
    pending = answer;
    if (lookup == null) {
      begin();
    }
    serve();
  }

  private void begin() {
    lookup =
        new SharedLookup(
            spec.host(),
            resolution.resolver(),
            Question.IPV6,
            resolution.delay().toNanos(),
            loop,
            new Alone(),
            fault -> DaemonThreads.printing().uncaughtException(Thread.currentThread(), fault));
    lookup.join(this::changed);
    lookup.begin();
  }

  @Override
  public void close() {
    closed = true;
    if (lookup != null) {
      lookup.cancel();
    }
  }

  /** Called by any thread, which holds the look-up's lock: passes the news to the loop's thread. */
  private void changed() {
    try {
      loop.execute(this::learn);
    } catch (Throwable noLoop) {
      Answer<SocketChannel> race = pending;
      if (race != null) {
        race.error(noLoop instanceof UncheckedIOException ? noLoop.getCause() : noLoop);
      }
    }
  }

  private void learn() {
    if (closed) {
      return; // the race is over
    }
    known = lookup.known();
    try {
      if (known.settled() && !known.addresses().equals(woven)) {
        weave();
      }
    } catch (Throwable thrown) {
      broken = thrown;
    }
    serve();
  }

  /**
   * Orders the targets that are left to try. If a remote address has been tried from one local
   * address, its other local addresses stay first.
   */
  private void weave() {
    woven = known.addresses();
    List<InetAddress> rest = spec.order(woven, tried);
    targets.removeIf(target -> !triedKeys.contains(AddressKey.of(target.remote().getAddress())));
    targets.addAll(Target.pairs(rest, spec.port(), spec.settings().localAddresses()));
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
      race.error(known.addresses().isEmpty() ? failure() : spec.noPair());
    }
  }

  private boolean isOver() {
    return broken != null || known.done();
  }

  /**
   * Why there is no address. It is a new exception, because other connects may have been given the
   * resolver's own.
   */
  private Throwable failure() {
    List<Throwable> causes = known.failures();
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
}
