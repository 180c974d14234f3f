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
 * The races of non-blocking and asynchronous channels from connect to finishConnect (or close), and
 * what their selectors are still to do. While there is none of either, the hooks are switched off.
 *
 * <p>Lock: this object's monitor guards the second, and which selectors have been told of a hold;
 * inside it only a selector's interrupt lock is taken. Selectors come in holding their update lock,
 * races holding their own monitor.
 */
public final class ChannelRaceRegistry {

  /** A channel's race as the hooks see it. */
  public interface Race {

    /**
     * The program asks whether the connect is through.
     *
     * @return what the woven pollConnectNow makes of it
     * @throws IOException the failure of the race
     */
    int pollOrWait() throws IOException;

    /** Whether a selector is to register nothing for this key of the channel now. */
    boolean holds(SelectionKey key);

    /**
     * The channel's own descriptor has an event, on a thread of the program.
     *
     * @param connected whether the event itself says that it is connected
     * @return whether it is not the program's business
     */
    boolean isSwallowed(boolean connected);

    /** The program closes the channel. */
    void cancel();
  }

  private final Selectors selectors;

  /** By the channel's descriptor object, which has identity semantics. */
  private final Map<FileDescriptor, Race> races = new ConcurrentHashMap<>();

  /** What is to be known of a key that its selector has yet to look at again. */
  private static final class Unseen {

    /** Whether the registration in the kernel went away with the old description. */
    private final boolean rearm;

    /** Whether an event of it has been taken back already. */
    private boolean takenBack;

    private Unseen(boolean rearm) {
      this.rearm = rearm;
    }
  }

  /** Keys that their selectors have yet to look at again, since the race is over. No owner. */
  private final Map<SelectionKey, Unseen> unseen = new WeakHashMap<>();

  /**
   * Whether that holds any. Written under the monitor; each event of a program reads it without.
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

  /**
   * A selector looks at a key of a channel that seems to be held. If it is, the key counts from now
   * on among those that {@link #release} gives.
   */
  public synchronized boolean holds(PrimaryDescriptor own, SelectionKey key) {
    if (own.isHeld()) {
      own.tell(key);
    }
    return own.isHeld();
  }

  /**
   * Ends a hold.
   *
   * @param keys of the channel, as far as they are known
   * @param rearm whether what these had registered is gone
   * @return the keys to be looked at again, before anything else of the channel is: these, and
   *     those whose selectors have been told of the hold
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
      // Whatever fails: nobody would ever end it.
      own.release();
    }
  }

  /**
   * Wakes the selector of a key that has something to tell the program, unless it has seen that.
   *
   * <p>A wake-up that came after its reason was seen to would end a later select of the program
   * with nothing. The selector tells by {@link #take} that it has seen the key, under the same
   * monitor as this: so each wake-up of ours is pending before the pass waits that sees to its
   * reason.
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

  /** The key is looked at by its selector. Whether its registration is gone; told once. */
  public synchronized boolean take(Object key) {
    Unseen of = unseen.remove(key);
    if (of != null) {
      settle();
    }
    return of != null && of.rearm;
  }

  /**
   * Whether an event of the key is to be taken back, as its selector has yet to look at it since
   * its race is over. Once only: where that look fails, the next event is shown all the same.
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

  /** A select begins: forgets keys that no selector will look at any more. */
  public void tidy() {
    if (races.isEmpty()) {
      synchronized (this) {
        unseen.keySet().removeIf(key -> !key.isValid());
        settle();
      }
    }
  }

  private void settle() {
    anyUnseen = !unseen.isEmpty();
    selectors.setWatching(!races.isEmpty() || anyUnseen);
  }
}
