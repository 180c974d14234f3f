package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import io.heagent.engine.resolve.FamilyLookup;
import io.heagent.engine.resolve.LookupLimits;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.SystemResolver;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupEnd;
import io.heagent.engine.resolve.shared.LookupInterest;
import io.heagent.engine.resolve.shared.SharedLookup;
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

  static final String THREADS = "he-agent-lookup";

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
   * Any number may wait for a thread: nobody waits but for the sake of a connect, and blocking ones
   * look up on their own thread after a while, as without the agent.
   */
  private static final LookupLimits LIMITS =
      new LookupLimits(64, 256, Integer.MAX_VALUE, 2, 500_000_000L);

  private static final FamilyLookup FAMILIES = JdkFamilies.ofThisJvm();

  private static final Question PREFERRED = JdkFamilies.preferred(FAMILIES);

  private static final Resolver RESOLVER =
      new SystemResolver(FAMILIES, threads(), TIME, LIMITS, Faults.OF_THREADS);

  /** Those that have not ended, by name. */
  private static final ConcurrentHashMap<String, SharedLookup> UNDER_WAY =
      new ConcurrentHashMap<>();

  private static final LookupEnd END =
      new LookupEnd() {
        @Override
        public void done(SharedLookup lookup, Known last) {
          try {
            cache(lookup.host(), last);
            FastNames.ended(lookup.host(), last);
          } finally {
            UNDER_WAY.remove(lookup.host(), lookup);
          }
        }

        @Override
        public void dropped(SharedLookup lookup) {
          UNDER_WAY.remove(lookup.host(), lookup);
        }
      };

  private Lookups() {}

  /**
   * Joins the look-up of a name: the one under way, unless that is stuck, else a new one.
   *
   * @param listener see {@link SharedLookup#join}
   */
  static LookupInterest join(String host, Runnable listener) {
    while (true) {
      SharedLookup found = UNDER_WAY.get(host);
      if (found != null && !found.isStuck()) {
        LookupInterest interest = found.join(listener);
        if (interest != null) {
          return interest;
        }
      }
      SharedLookup fresh =
          new SharedLookup(
              host,
              RESOLVER,
              PREFERRED,
              ResolutionCore.DEFAULT_DELAY_NANOS,
              TIME,
              END,
              Faults::unexpected);
      LookupInterest interest = fresh.join(listener);
      boolean mine =
          found == null
              ? UNDER_WAY.putIfAbsent(host, fresh) == null
              : UNDER_WAY.replace(host, found, fresh);
      if (mine) {
        fresh.begin();
        return interest;
      }
    }
  }

  /** For one who asks by itself what is known. */
  static LookupInterest join(String host) {
    return join(host, CandidateSource.NOBODY);
  }

  /** The family whose addresses the JDK puts first; it is worth the Resolution Delay. */
  static Question preferred() {
    return PREFERRED;
  }

  /** Whether this is a thread that looks up: what it asks itself is the JDK's to answer. */
  static boolean isOurThread() {
    return Thread.currentThread().getName().startsWith(THREADS);
  }

  /**
   * Before the look-up is forgotten, the JDK's cache knows: nobody in between asks anew. What the
   * JDK's own look-up would have thrown, it would not remember either.
   */
  private static void cache(String host, Known last) {
    if (JdkFamilies.isPastTheCache(FAMILIES) && !last.isBroken()) {
      try {
        HeNames.cacheAddresses(host, last.addresses().toArray(new InetAddress[0]));
      } catch (LinkageError differs) {
        Faults.unexpected(differs);
      }
    }
  }

  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        new DaemonThreads(THREADS, Faults.OF_THREADS));
  }
}
