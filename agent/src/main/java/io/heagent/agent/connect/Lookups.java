package io.heagent.agent.connect;

import io.heagent.engine.resolve.FamilyLookup;
import io.heagent.engine.resolve.LookupLimits;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.SystemResolver;
import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import sun.nio.ch.HeNames;

/**
 * The look-ups of this JVM, through the engine's {@link SystemResolver}: a bounded number of
 * threads, names that hang hold up no others. Loaded when the first one is needed.
 */
final class Lookups {

  private static final String THREADS = "he-agent-lookup";

  private static final long IDLE_SECONDS = 10;

  /** The timers of {@link Loop}: no thread of its own. */
  private static final Scheduler TIME =
      new Scheduler() {
        @Override
        public long now() {
          return System.nanoTime();
        }

        @Override
        public Timer schedule(long atNanos, Runnable task) {
          return Loop.schedule(atNanos, task)::cancel;
        }
      };

  /**
   * Nobody queues: who finds no thread free and may block does better to look up on its own thread,
   * as without the agent; the others ask again.
   */
  private static final LookupLimits LIMITS = new LookupLimits(64, 256, 0, 2, 500_000_000L);

  private static final FamilyLookup FAMILIES = JdkFamilies.ofThisJvm();

  private static final Question PREFERRED = JdkFamilies.preferred(FAMILIES);

  private static final Resolver RESOLVER =
      new SystemResolver(FAMILIES, threads(), TIME, LIMITS, Failures.OF_THREADS);

  /** Those that have not ended, by name. */
  private static final ConcurrentHashMap<String, Lookup> UNDER_WAY = new ConcurrentHashMap<>();

  private Lookups() {}

  /** The look-up of a name: the one under way, unless that is stuck, else a new one. */
  static Lookup of(String host) {
    while (true) {
      Lookup found = UNDER_WAY.get(host);
      if (found != null && !found.isStuck()) {
        return found;
      }
      Lookup fresh = new Lookup(host, RESOLVER, PREFERRED, TIME, Lookups::ended);
      boolean mine =
          found == null
              ? UNDER_WAY.putIfAbsent(host, fresh) == null
              : UNDER_WAY.replace(host, found, fresh);
      if (mine) {
        fresh.begin();
        return fresh;
      }
    }
  }

  /** Whether this is a thread that looks up: what it asks itself is the JDK's to answer. */
  static boolean isOurThread() {
    return Thread.currentThread().getName().startsWith(THREADS);
  }

  /** Before it is forgotten, the JDK's cache knows: nobody in between asks anew. */
  private static void ended(Lookup lookup, Lookup.Known last) {
    if (JdkFamilies.isPastTheCache(FAMILIES)) {
      try {
        HeNames.cacheAddresses(lookup.host, last.addresses().toArray(new InetAddress[0]));
      } catch (LinkageError | RuntimeException differs) {
        Failures.unexpected(differs);
      }
    }
    UNDER_WAY.remove(lookup.host, lookup);
  }

  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        new DaemonThreads(THREADS, Failures.OF_THREADS));
  }
}
