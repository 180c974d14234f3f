package io.heagent.engine.loop;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A selector without channels that sleeps until it is woken, however long that takes. */
final class ScriptedSelector extends Selector {

  final AtomicInteger wakeUps = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();

  /** What the next selection throws; null for nothing. */
  volatile IOException broken;

  private final Semaphore woken = new Semaphore(0);
  private final LinkedBlockingQueue<Long> sleeps = new LinkedBlockingQueue<>();

  /** Waits until the loop's thread sleeps: for how many milliseconds it would; 0 for ever. */
  long asleep() throws InterruptedException {
    return sleeps.take();
  }

  @Override
  public int select(long timeout) throws IOException {
    IOException failure = broken;
    broken = null;
    if (failure != null) {
      throw failure;
    }
    if (!woken.tryAcquire()) {
      sleeps.add(timeout);
      woken.acquireUninterruptibly();
    }
    woken.drainPermits();
    return 0;
  }

  @Override
  public int selectNow() {
    woken.drainPermits();
    return 0;
  }

  @Override
  public int select() throws IOException {
    return select(0);
  }

  @Override
  public Selector wakeup() {
    wakeUps.incrementAndGet();
    woken.release();
    return this;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  @Override
  public boolean isOpen() {
    return closed.get() == 0;
  }

  @Override
  public Set<SelectionKey> keys() {
    return Set.of();
  }

  @Override
  public Set<SelectionKey> selectedKeys() {
    return Set.of();
  }

  @Override
  public SelectorProvider provider() {
    throw new UnsupportedOperationException();
  }
}
