package io.heagent.engine.net;

import io.heagent.engine.address.AddressText;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.loop.Loops;
import io.heagent.engine.race.ConnectListener;
import io.heagent.engine.race.RaceOptions;
import io.heagent.engine.resolve.FamilyLookup;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.SystemResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A connector with a resolver for made-up names, which writes down its events. */
final class Rig implements ConnectListener {
  final Map<String, InetAddress[]> names = new LinkedHashMap<>();
  final List<String> events = new CopyOnWriteArrayList<>();
  final List<String> lookups = new CopyOnWriteArrayList<>();
  final EventLoop loop = Loops.briefly();
  final Connector connector = new Connector(loop, resolver(this::resolve));
  final CountDownLatch finished = new CountDownLatch(1);
  final CountDownLatch failed = new CountDownLatch(1);
  RaceOptions options = RaceOptions.defaults();
  int firstFamilyCount = 1;
  List<InetAddress> locals = List.of();
  Map<SocketOption<?>, Object> socketOptions = Map.of();
  AddressPlan plan = AddressPlan.DEFAULT;

  ConnectSpec spec(String host, int port) {
    return spec(host, port, null);
  }

  ConnectSpec spec(String host, int port, List<InetAddress> addresses) {
    return new ConnectSpec(
        host,
        port,
        addresses,
        new ConnectSettings(options, firstFamilyCount, locals, socketOptions, this, plan));
  }

  /** Waits until the loop has done everything that it was given so far. */
  void settle() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(done::countDown);
    done.await();
  }

  /**
   * Waits until the loop's thread has ended by itself, so that the next test does not count its
   * descriptors.
   */
  void close() throws InterruptedException {
    Thread thread = loop.thread();
    if (thread != null) {
      thread.join();
    }
  }

  /** A blocking look-up. */
  @FunctionalInterface
  interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** A {@link SystemResolver} with made-up names. */
  static Resolver resolver(Names names) {
    return new SystemResolver(
        new FamilyLookup() {
          @Override
          public Set<Question> questions() {
            return Set.of(Question.BOTH);
          }

          @Override
          public List<InetAddress> find(String host, Question question)
              throws UnknownHostException {
            return List.of(names.resolve(host));
          }
        });
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    lookups.add(host);
    InetAddress[] known = names.get(host);
    if (known == null) {
      throw new UnknownHostException(host + ": made-up");
    }
    return known;
  }

  @Override
  public void resolved(String host, List<InetAddress> addresses) {
    events.add("resolved " + addresses.stream().map(AddressText::of).toList());
  }

  @Override
  public void started(int attempt, InetSocketAddress remote, InetAddress local) {
    String from = local == null ? "" : " from " + AddressText.of(local);
    events.add("started " + attempt + " " + AddressText.of(remote.getAddress()) + from);
  }

  @Override
  public void failed(int attempt, InetSocketAddress remote, Throwable cause, long millis) {
    events.add("failed " + attempt + " " + cause.getClass().getSimpleName());
    failed.countDown();
  }

  @Override
  public void lost(int attempt, InetSocketAddress remote, Outcome reason, long millis) {
    events.add("lost " + attempt + " " + reason);
  }

  @Override
  public void won(int attempt, InetSocketAddress remote, long millis) {
    events.add("won " + attempt);
  }

  @Override
  public void finished(String host, int port, int attempts) {
    events.add("finished " + attempts);
    finished.countDown();
  }
}
