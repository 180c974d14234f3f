package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.selection.Selectors;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The races of non-blocking and asynchronous channels, each from connect to finishConnect or close,
 * and the keys that selectors have yet to look at after a race. Without any, the hooks are off.
 *
 * <p>Lock: this object's monitor guards those keys, and which selectors were told of a hold. Inside
 * it only a selector's interrupt lock is taken. Selectors enter it while they hold their update
 * lock, races while they hold their own monitor.
 */
public final class ChannelRaceRegistry {

  /** A channel's race, as the hooks call it. */
  public interface Race {

    /**
     * Called when the program asks whether the connect has an outcome.
     *
     * @return the answer that the woven pollConnectNow acts on
     * @throws IOException the failure of the race
     */
    int pollOrWait() throws IOException;

    /** Whether a selector must register nothing for this key of the channel now. */
    boolean holds(SelectionKey key);

    /**
     * Called on a thread of the program when the channel's own descriptor has an event.
     *
     * @param connected whether the event itself says that the descriptor is connected
     * @return whether the event is hidden from the program
     */
    boolean isSwallowed(boolean connected);

    /** Called when the program closes the channel. */
    void cancel();
  }

  private final Selectors selectors;

  /** The races by the descriptor object of their channel, which has identity semantics. */
  private final Map<FileDescriptor, Race> races = new ConcurrentHashMap<>();

  /** What is known of a key at which its selector has yet to look again. */
  private static final class Unseen {

    /**
     * Whether the kernel dropped the key's registration when the winner replaced the descriptor.
     */
    private final boolean rearm;

    /** Whether an event of the key has been hidden already. */
    private boolean takenBack;

    private Unseen(boolean rearm) {
      this.rearm = rearm;
    }
  }

  /** The keys at which selectors have yet to look again. The map does not keep a key alive. */
  private final Map<SelectionKey, Unseen> unseen = new WeakHashMap<>();

  /**
   * Whether {@link #unseen} has any entry. Written under the monitor; read at each event without
   * it.
   */
  private volatile boolean anyUnseen;

  public ChannelRaceRegistry(Selectors selectors) {
    this.selectors = selectors;
  }

  public Race get(FileDescriptor fd) {
    return races.get(fd);
  }

  public void add(FileDescriptor fd, Race race) {
    races.put(fd, race);
    synchronized (this) {
      selectors.setWatching(true);
    }
  }

  public void remove(FileDescriptor fd) {
    races.remove(fd);
    synchronized (this) {
      settle();
    }
  }

  /** Whether the channel is held; if it is, {@link #release} will return this key as well. */
  public synchronized boolean holds(PrimaryDescriptor own, SelectionKey key) {
    if (own.isHeld()) {
      own.tell(key);
    }
    return own.isHeld();
  }

  /**
   * Ends a hold.
   *
   * @param keys the known keys of the channel
   * @param rearm whether the kernel has dropped the registrations of these keys
   * @return the keys at which selectors must look again before they handle any other event of the
   *     channel: these, and the keys whose selectors have been told of the hold
   */
  synchronized List<SelectionKey> release(
      PrimaryDescriptor own, List<SelectionKey> keys, boolean rearm) {
    try {
      List<SelectionKey> all = new ArrayList<>(keys);
      for (SelectionKey key : own.told()) {
        if (!all.contains(key)) {
          all.add(key);
          unseen.put(key, new Unseen(false));
        }
      }
      for (SelectionKey key : keys) {
        unseen.put(key, new Unseen(rearm));
      }
      anyUnseen = true;
      return all;
    } finally {
      // The hold ends even if the lines above fail, because nothing else would ever end it.
      own.release();
    }
  }

  /**
   * Wakes the selector of a key that has news for the program, unless it has looked at the key.
   *
   * <p>A wake-up that came after that look would end a later select of the program with nothing
   * selected. The selector reports its look by {@link #take}, under the same monitor. So each
   * wake-up of the agent comes before the pass that looks at the key, and that pass consumes it.
   */
  synchronized void wakeUnlessSeen(SelectionKey key) {
    try {
      if (unseen.containsKey(key) && key.interestOps() != 0) {
        key.selector().wakeup();
      }
    } catch (CancelledKeyException gone) {
      unseen.remove(key);
      settle();
    }
  }

  /** Called when a selector looks at the key. Returns once whether its registration is gone. */
  public synchronized boolean take(Object key) {
    Unseen of = unseen.remove(key);
    if (of != null) {
      settle();
    }
    return of != null && of.rearm;
  }

  /**
   * Whether an event of the key is hidden, because its selector has yet to look at the key after
   * its race. That happens once only: if the look fails, the program still gets the next event.
   */
  boolean takesBack(Object key) {
    if (!anyUnseen) {
      return false;
    }
    synchronized (this) {
      Unseen of = unseen.get(key);
      if (of == null || of.takenBack) {
        return false;
      }
      of.takenBack = true;
      return true;
    }
  }

  /** Called when a select begins; forgets cancelled keys, at which no selector will look again. */
  public void tidy() {
    if (races.isEmpty()) {
      synchronized (this) {
        unseen.keySet().removeIf(key -> !key.isValid());
        settle();
      }
    }
  }

  /** Whether no channel is racing, and no selector has yet to look at a key after a race. */
  public boolean isIdle() {
    tidy();
    return races.isEmpty() && !anyUnseen;
  }

  private void settle() {
    anyUnseen = !unseen.isEmpty();
    selectors.setWatching(!races.isEmpty() || anyUnseen);
  }
}
