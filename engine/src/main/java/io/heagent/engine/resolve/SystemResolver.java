package io.heagent.engine.resolve;

import io.heagent.engine.address.Literals;
import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import io.heagent.engine.time.SystemScheduler;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asks the system's resolver, with its hosts file, its cache and its providers, on daemon threads
 * of its own; families apart and concurrently where the {@link FamilyLookup} can.
 *
 * <p>Equal look-ups at the same time are made once, and each who asked can give up without the
 * others. Names that hang hold up no others: see {@link LookupLimits}. When even that is exhausted
 * the answer is a {@link ResolverOverflowException}, at once. Literals are answered during the call
 * and never looked up. Threads end when idle for 5 s.
 */
public final class SystemResolver implements Resolver {
  private static final SystemResolver COMBINED = new SystemResolver(FamilyLookup.COMBINED);

  private final FamilyLookup lookup;
  private final LookupPool pool;

  /**
   * A resolver with threads of its own.
   *
   * @param lookup how to ask for one family
   */
  public SystemResolver(FamilyLookup lookup) {
    this(lookup, threads(), SystemScheduler.shared(), LookupLimits.DEFAULT);
  }

  /**
   * For other threads, clocks and limits.
   *
   * @param threads runs each task at once, on a thread of its own; a {@link
   *     java.util.concurrent.RejectedExecutionException} refuses the look-up, anything else that it
   *     throws lets it wait for another thread
   */
  public SystemResolver(
      FamilyLookup lookup, Executor threads, Scheduler scheduler, LookupLimits limits) {
    this(lookup, threads, scheduler, limits, DaemonThreads.printing());
  }

  /**
   * And with another handler of what listeners throw, on whatever thread.
   *
   * @param troubles never throws
   */
  public SystemResolver(
      FamilyLookup lookup,
      Executor threads,
      Scheduler scheduler,
      LookupLimits limits,
      Thread.UncaughtExceptionHandler troubles) {
    this.lookup = lookup;
    this.pool = new LookupPool(lookup, threads, scheduler, limits, troubles);
  }

  /** The one of this process over public JDK API, which cannot ask families apart. */
  public static SystemResolver combined() {
    return COMBINED;
  }

  @Override
  public Set<Question> questions() {
    return lookup.questions();
  }

  @Override
  public Query resolve(String host, Listener listener) {
    if (Literals.isLiteral(host)) {
      answerLiteral(host, listener);
      return () -> {};
    }
    List<Query> queries = new ArrayList<>(2);
    // In the enum's order: AAAA before A, back to back (RFC 8305 section 3).
    for (Question question : EnumSet.copyOf(lookup.questions())) {
      queries.add(pool.ask(host, question, listener));
    }
    return new Query() {
      @Override
      public void cancel() {
        queries.forEach(Query::cancel);
      }

      @Override
      public boolean isQueued() {
        return queries.stream().anyMatch(Query::isQueued);
      }
    };
  }

  private static void answerLiteral(String host, Listener listener) {
    List<InetAddress> addresses;
    try {
      addresses = List.of(InetAddress.getAllByName(host));
    } catch (Throwable malformed) {
      listener.failure(Question.BOTH, malformed);
      return;
    }
    listener.answer(Question.BOTH, addresses);
  }

  /** The limits are the pool's business: at times one thread more is still on its way out. */
  private static Executor threads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        5,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        new DaemonThreads("he-resolve"));
  }
}
