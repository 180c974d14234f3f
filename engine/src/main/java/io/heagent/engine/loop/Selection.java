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
 * <p>Threads: only the loop's thread uses this, except for {@link #wakeup} and {@link #selects}.
 */
final class Selection {

  /** Watches whose channels were found ready and that have not run yet. */
  private final Deque<Watch> ready = new ArrayDeque<>();

  private final Selector selector;

  /** Written by the loop's thread, read by any. */
  private final AtomicLong selects = new AtomicLong();

  /** Opens the selector; if that fails, nothing stays open. */
  Selection(SelectorFactory selectors) throws IOException {
    selector = selectors.open();
  }

  Watch watch(SelectableChannel channel, int operations, Runnable task) throws IOException {
    Watch watch = new Watch(task);
    watch.key = channel.register(selector, operations, watch);
    return watch;
  }

  /**
   * Whether no channel is registered. A closed channel counts as registered until the next
   * selection.
   */
  boolean isEmpty() {
    return selector.keys().isEmpty();
  }

  /** Whether a channel was found ready whose watch has not run yet. */
  boolean isAnyReady() {
    return !ready.isEmpty() || !selector.selectedKeys().isEmpty();
  }

  /**
   * Finds the channels that are ready, and deregisters closed channels and ended watches.
   *
   * @param millis how long to wait, in milliseconds; 0 does not wait, {@link LoopThread#FOREVER}
   *     waits without a limit
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
   * Deregisters the channels that were found ready; {@link #nextReady} then returns their watches.
   * One selection deregisters all of them, because a selection for each channel would be most of
   * the work when thousands are ready.
   *
   * <p>This comes before the watches run, not after, for two reasons. The JDK shuts a connected
   * channel down when it is closed while registered; that would also shut down the program's
   * connection, which is a duplicate ({@code dup2}) of the channel by then. And a registered
   * channel cannot be made blocking.
   */
  void deregisterReady() throws IOException {
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      ready.add((Watch) key.attachment());
      key.cancel();
      keys.remove();
    }
    // Channels that this selection finds ready stay selected until the next pass.
    select(0);
  }

  /** The next watch to run; null if none is left. */
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
      // No channel is registered any more, so nothing depends on this selector.
    }
  }
}
