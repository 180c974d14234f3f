package io.heagent.agent.resolve;

import io.heagent.agent.log.Faults;
import io.heagent.agent.observe.Observer;
import io.heagent.engine.resolve.FamilyLookup;
import io.heagent.engine.resolve.LookupLimits;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.SystemResolver;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupInterest;
import io.heagent.engine.resolve.shared.LookupRegistry;
import io.heagent.engine.resolve.shared.LookupSource;
import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import sun.nio.ch.HeCacheWriter;

/**
 * The look-ups of this JVM, through the engine's {@link SystemResolver}: the number of threads is
 * bounded, and a name whose look-up hangs does not delay others. It also knows what the program was
 * given lately. Any thread may use it. The resolver is made for the first look-up.
 */
public final class NameLookups implements LookupSource {

  private static final String THREADS = "he-agent-lookup";

  private static final long IDLE_SECONDS = 10;

  private final Scheduler time;
  private final LastAnswers lastAnswers;
  private final Observer observer;

  /** Made for the first look-up. Written under this monitor. */
  private volatile Jdk jdk;

  /**
   * Whether programs get the answers of these look-ups. Any thread may set it; it is never reset.
   */
  private volatile boolean isProgramsAnswer;

  /**
   * Makes the look-ups, without asking anything yet.
   *
   * @param time timers that need no thread of their own
   * @param lastAnswers what the program was given
   * @param observer has look-ups recorded; null for nobody
   */
  public NameLookups(Scheduler time, LastAnswers lastAnswers, Observer observer) {
    this.observer = observer;
    this.time = time;
    this.lastAnswers = lastAnswers;
  }

  /** The part that asks the JDK. */
  private final class Jdk {
    final FamilyLookup families = JdkFamilyLookup.ofThisJvm();
    final ThreadPoolExecutor threads = threads();
    final Question preferred = JdkFamilyLookup.preferred(families);
    final Resolver resolver =
        new TracedResolver(
            new SystemResolver(families, threads, time, limits(), Faults.OF_THREADS), observer);
    final LookupRegistry underWay =
        new LookupRegistry(resolver, preferred, time, this::done, Faults::unexpected);

    private void done(String host, Known last) {
      if (!last.isBroken()) {
        cache(host, last);
        if (isProgramsAnswer && !last.addresses().isEmpty()) {
          lastAnswers.add(host, addresses(last), System.nanoTime());
        }
      }
    }

    /**
     * Called before a look-up is forgotten: puts its answer into the JDK's cache, so that no caller
     * in between looks the name up again. A failure is not cached, because the JDK would not cache
     * it either.
     */
    private void cache(String host, Known last) {
      if (JdkFamilyLookup.isPastTheCache(families)) {
        try {
          HeCacheWriter.cacheAddresses(host, addresses(last));
        } catch (LinkageError differs) {
          Faults.unexpected(differs);
        }
      }
    }
  }

  private static InetAddress[] addresses(Known last) {
    return last.addresses().toArray(new InetAddress[0]);
  }

  /**
   * Any number of look-ups may wait for a thread. Only connects wait for them, and a blocking
   * connect looks the name up on its own thread after a while, as without the agent.
   */
  private static LookupLimits limits() {
    return new LookupLimits(64, 256, Integer.MAX_VALUE, 2, 500_000_000L);
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

  private Jdk jdk() {
    Jdk made = jdk;
    if (made == null) {
      synchronized (this) {
        made = jdk;
        if (made == null) {
          made = new Jdk();
          jdk = made;
        }
      }
    }
    return made;
  }

  @Override
  public LookupInterest join(String host, Runnable listener) {
    return jdk().underWay.join(host, listener);
  }

  /** The family whose addresses the JDK puts first. */
  Question preferred() {
    return jdk().preferred;
  }

  /** What the program was given lately. */
  LastAnswers lastAnswers() {
    return lastAnswers;
  }

  /** From now on the threads end as soon as they have nothing to do, and no new one begins. */
  public synchronized void end() {
    if (jdk != null) {
      jdk.threads.shutdown();
    }
  }

  /** From now on programs get the answers of these look-ups. */
  void answerPrograms() {
    isProgramsAnswer = true;
  }

  /**
   * Whether the calling thread is one of the look-up threads. The JDK itself must answer what such
   * a thread asks.
   */
  public static boolean isOurThread() {
    return Thread.currentThread().getName().startsWith(THREADS);
  }
}
