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
 * Asks the system's resolver, with its hosts file, its cache and its providers, on its own daemon
 * threads. It looks up both families separately and at the same time if the {@link FamilyLookup}
 * can. Thread-safe.
 *
 * <p>Equal look-ups at the same time are made once, and each caller can give up without the others.
 * Names that hang do not hold up other names, within {@link LookupLimits}; beyond these limits the
 * answer is a {@link ResolverOverflowException}, at once. Literals are answered during the call and
 * never looked up. A thread ends after it has been idle for 5 s.
 */
public final class SystemResolver implements Resolver {
  private static final SystemResolver COMBINED = new SystemResolver(FamilyLookup.COMBINED);

  private final FamilyLookup lookup;
  private final LookupPool pool;

  /**
   * A resolver with its own threads, the system's clock and the default limits.
   *
   * @param lookup makes the blocking look-ups
   */
  public SystemResolver(FamilyLookup lookup) {
    this(lookup, threads(), SystemScheduler.shared(), LookupLimits.DEFAULT);
  }

  /**
   * A resolver with other threads, another clock and other limits.
   *
   * @param threads runs each task at once on a separate thread. If it throws a {@link
   *     java.util.concurrent.RejectedExecutionException}, the look-up fails; if it throws anything
   *     else, the look-up waits for another thread
   */
  public SystemResolver(
      FamilyLookup lookup, Executor threads, Scheduler scheduler, LookupLimits limits) {
    this(lookup, threads, scheduler, limits, DaemonThreads.printing());
  }

  /**
   * As the constructor above, with another handler for what listeners throw.
   *
   * @param troubles called on the thread that called the listener; must not throw
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

  /**
   * The shared instance that uses the JDK's public API, which cannot look up families separately.
   */
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
    // In the order of the enum: AAAA before A, one right after the other (RFC 8305 section 3).
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

  /**
   * An executor without a limit: {@link LookupPool} keeps the limits, and a thread may still be
   * ending when the next look-up begins.
   */
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
