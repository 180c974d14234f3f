package io.heagent.agent.connect.loop;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.log.Faults;
import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.loop.SelectorFactory;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import sun.nio.ch.HeJdk;

/**
 * The one {@link EventLoop} of this JVM's races, on which the side attempts of all non-blocking
 * ones run. It is made when first needed and holds nothing of the program's.
 */
public final class Loop implements SelectorFactory {

  private static final long IDLE_NANOS = 10_000_000_000L;

  private static final EventLoop INSTANCE =
      new EventLoop("he-agent-loop", IDLE_NANOS, new Loop(), Faults.OF_THREADS);

  /** What the loop tells of a side attempt that it watched, on its own thread. */
  public interface Ready {
    void ready(FallbackAttempt attempt);
  }

  private record Watched(FallbackAttempt attempt, Ready listener) implements Runnable {
    @Override
    public void run() {
      listener.ready(attempt);
    }
  }

  private Loop() {}

  /** Of the JDK's own provider: the program may have set another. */
  @Override
  public Selector open() throws IOException {
    return HeJdk.openSelector();
  }

  /** See {@link EventLoop#execute}. */
  public static void execute(Runnable task) {
    INSTANCE.execute(task);
  }

  /** See {@link EventLoop#schedule}. */
  public static Scheduler.Timer schedule(long at, Runnable task) {
    return INSTANCE.schedule(at, task);
  }

  /** See {@link EventLoop#isCrowded}. */
  static boolean isCrowded() {
    return INSTANCE.isCrowded();
  }

  /** See {@link EventLoop#soon}. */
  static void soon(Runnable task) {
    INSTANCE.soon(task);
  }

  /** See {@link EventLoop#flush}. */
  public static void flush() {
    INSTANCE.flush();
  }

  /** Watches an attempt's channel for the outcome of its connect: see {@link EventLoop#watch}. */
  public static void watch(FallbackAttempt attempt, Ready listener) throws IOException {
    INSTANCE.watch(attempt.channel(), SelectionKey.OP_CONNECT, new Watched(attempt, listener));
  }
}
