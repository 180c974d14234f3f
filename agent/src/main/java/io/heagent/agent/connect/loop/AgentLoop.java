package io.heagent.agent.connect.loop;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.log.Faults;
import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.loop.SelectorFactory;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import sun.nio.ch.HeJdk;

/**
 * The {@link EventLoop} on which the timers of a JVM's races and the fallback attempts of its
 * channels run. It is made when it gets its first task or timer, so that connects which need
 * neither load none of its classes. It keeps no object of the program.
 */
public final class AgentLoop implements RaceLoop {

  private static final long IDLE_NANOS = 10_000_000_000L;

  /** Null until the first task or timer. Written once, under this monitor. */
  private volatile EventLoop loop;

  /**
   * Opens selectors of the JDK's own provider, because the program may have set another one. It
   * also makes the loop: if the loop were made elsewhere, the verifier would load the {@link
   * SelectorFactory} interface there, which most first races never need.
   */
  private static final class JdkSelectors implements SelectorFactory {

    static EventLoop newLoop() {
      return new EventLoop("he-agent-loop", IDLE_NANOS, new JdkSelectors(), Faults.OF_THREADS);
    }

    @Override
    public Selector open() throws IOException {
      return HeJdk.openSelector();
    }
  }

  private EventLoop loop() {
    EventLoop made = loop;
    return made == null ? make() : made;
  }

  private synchronized EventLoop make() {
    if (loop == null) {
      loop = JdkSelectors.newLoop();
    }
    return loop;
  }

  /** From now on the loop's thread ends as soon as it has nothing to do. */
  public synchronized void endWhenIdle() {
    if (loop != null) {
      loop.endWhenIdle();
    }
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    return loop().schedule(atNanos, task);
  }

  @Override
  public void execute(Runnable task) {
    loop().execute(task);
  }

  @Override
  public void soon(Runnable task) {
    loop().soon(task);
  }

  @Override
  public boolean isCrowded() {
    return loop().isCrowded();
  }

  @Override
  public void flush() {
    loop().flush();
  }

  @Override
  public void watch(FallbackAttempt attempt, Runnable ready) throws IOException {
    loop().watch(attempt.channel(), SelectionKey.OP_CONNECT, ready);
  }
}
