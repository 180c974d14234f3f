package io.heagent.engine.loop;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A loop's selector and the channels that it watches.
 *
 * <p>Threads: of the loop's thread only, but for {@link #wakeup} and {@link #selects}.
 */
final class Selection {

  /** Watches whose channels were found ready and that have yet to run. */
  private final Deque<Watch> ready = new ArrayDeque<>();

  private final Selector selector;

  /** Written by the loop's thread alone. */
  private final AtomicLong selects = new AtomicLong();

  /** Opens a selector; nothing is left open if that fails. */
  Selection(SelectorFactory selectors) throws IOException {
    selector = selectors.open();
  }

  Watch watch(SelectableChannel channel, int operations, Runnable task) throws IOException {
    Watch watch = new Watch(task);
    watch.key = channel.register(selector, operations, watch);
    return watch;
  }

  /** Whether no channel is registered. Closed ones are until the next selection. */
  boolean isEmpty() {
    return selector.keys().isEmpty();
  }

  /** Whether a channel was found ready whose watch has yet to run. */
  boolean isAnyReady() {
    return !ready.isEmpty() || !selector.selectedKeys().isEmpty();
  }

  /**
   * Finds what is ready, and lets go of closed channels and ended watches.
   *
   * @param millis waits for so long; 0 for not at all, {@link LoopThread#FOREVER} for any time
   */
  void select(long millis) throws IOException {
    if (millis == 0) {
      selector.selectNow();
    } else {
      selector.select(millis == LoopThread.FOREVER ? 0 : millis);
    }
    selects.incrementAndGet();
  }

  /**
   * Deregisters what was found ready, after which {@link #nextReady} gives it. One selection does
   * that for all: done for each by itself it is most of the work of a crowd.
   *
   * <p>It comes before the watches run, not after. A channel that has connected and is closed while
   * registered is shut down first, and so would be the program's connection, which is the channel's
   * duplicate by then. And a winner that is registered cannot be made blocking.
   */
  void deregisterReady() throws IOException {
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      ready.add((Watch) key.attachment());
      key.cancel();
      keys.remove();
    }
    // Other channels that it finds ready stay selected until the next pass.
    select(0);
  }

  /** A watch to be run; null if there is none left. */
  Watch nextReady() {
    return ready.poll();
  }

  /** Any thread: ends the selection under way, or the next one at once. */
  void wakeup() {
    selector.wakeup();
  }

  /** Any thread: how many selections there have been. */
  long selects() {
    return selects.get();
  }

  void close() {
    try {
      selector.close();
    } catch (IOException e) {
      // Nothing depends on it: no channel is registered any more.
    }
  }
}
