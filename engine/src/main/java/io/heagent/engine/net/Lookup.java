package io.heagent.engine.net;

import io.heagent.engine.address.Literals;
import io.heagent.engine.time.DaemonThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Asks a blocking resolver on a few daemon threads of its own, so that slow DNS takes no other work
 * with it. A blocked look-up cannot be stopped; cancelling means that its answer is not waited for.
 */
final class Lookup {
  private static final int THREADS = 16;
  private static final Lookup SYSTEM = new Lookup(InetAddress::getAllByName);

  private final Resolver resolver;
  private final ThreadPoolExecutor pool;

  /** Anything that finds the addresses of a name, blocking. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  Lookup(Resolver resolver) {
    this.resolver = resolver;
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("he-lookup"));
    pool.allowCoreThreadTimeOut(true);
  }

  /** The JDK's resolver, with its cache, its hosts file and its order. */
  static Lookup system() {
    return SYSTEM;
  }

  /**
   * Finds the addresses of a host. Literals are never looked up: they are answered during this
   * call.
   *
   * @param answer gets the addresses, or null and what was thrown; on any thread
   * @return cancel it to be asked no more; nothing is called then unless it has begun to be called
   */
  Runnable find(String host, BiConsumer<List<InetAddress>, Throwable> answer) {
    if (Literals.isLiteral(host)) {
      ask(InetAddress::getAllByName, host, answer);
      return () -> {};
    }
    Future<?> asked = pool.submit(() -> ask(resolver, host, answer));
    return () -> asked.cancel(false);
  }

  private static void ask(
      Resolver resolver, String host, BiConsumer<List<InetAddress>, Throwable> answer) {
    List<InetAddress> addresses;
    try {
      addresses = List.of(resolver.resolve(host));
    } catch (Throwable thrown) {
      answer.accept(null, thrown);
      return;
    }
    answer.accept(addresses, null);
  }
}
