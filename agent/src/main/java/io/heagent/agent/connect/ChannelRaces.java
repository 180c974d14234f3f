package io.heagent.agent.connect;

import java.io.FileDescriptor;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;

/**
 * The races of non-blocking and asynchronous channels from connect to finishConnect (or close), and
 * what their selectors are still to do. While there is none of either, the hooks are switched off.
 */
final class ChannelRaces {

  /** By the channel's descriptor object, which has identity semantics. */
  private final Map<FileDescriptor, ChannelRace> races = new ConcurrentHashMap<>();

  /** Keys whose registration in the kernel went away with the old description. Weak: no owner. */
  private final Set<Object> toRearm = Collections.newSetFromMap(new WeakHashMap<>());

  /** Selectors that we have woken, so that they re-arm; the program is not to see it. */
  private final Set<Object> woken = Collections.newSetFromMap(new WeakHashMap<>());

  ChannelRace get(FileDescriptor fd) {
    return races.get(fd);
  }

  void add(FileDescriptor fd, ChannelRace race) {
    races.put(fd, race);
    synchronized (this) {
      HeHook.setWatching(true);
    }
  }

  void remove(FileDescriptor fd) {
    races.remove(fd);
    synchronized (this) {
      settle();
    }
  }

  /** These keys' registrations in the kernel are gone, with the description they were for. */
  synchronized void rearm(List<SelectionKey> keys) {
    toRearm.addAll(keys);
  }

  /** Has the keys' selectors look at their interest again, now. */
  void wake(List<SelectionKey> keys) {
    synchronized (this) {
      for (SelectionKey key : keys) {
        woken.add(key.selector());
      }
    }
    for (SelectionKey key : keys) {
      Selector selector = key.selector();
      if (HeJdk.queueUpdate(key)) {
        selector.wakeup();
      } else {
        takeWoken(selector);
      }
    }
  }

  /** Whether this key's registration is gone; asked once by its selector. */
  synchronized boolean takeRearm(Object key) {
    boolean rearm = toRearm.remove(key);
    if (rearm) {
      settle();
    }
    return rearm;
  }

  /** Whether we have woken this selector. */
  synchronized boolean takeWoken(Object selector) {
    boolean ours = woken.remove(selector);
    if (ours) {
      settle();
    }
    return ours;
  }

  private void settle() {
    HeHook.setWatching(!races.isEmpty() || !toRearm.isEmpty() || !woken.isEmpty());
  }
}
