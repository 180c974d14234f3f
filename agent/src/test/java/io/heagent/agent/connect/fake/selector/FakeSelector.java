package io.heagent.agent.connect.fake.selector;

import io.heagent.agent.connect.channel.ChannelRaceRegistry;
import io.heagent.agent.connect.channel.ChannelRig;
import io.heagent.agent.connect.fake.FakeNetwork;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A selector with one channel that connects, and the program that waits in it. As epoll(7) it knows
 * the open file description that a key was registered with: of one that has been replaced by dup2
 * it hears nothing any more. It looks at the keys that are queued when a wake-up or an event ends
 * the wait.
 */
public final class FakeSelector extends Selector {

  private final ChannelRig rig;
  private final Deque<FakeKey> queued = new ArrayDeque<>();

  /** By key, the description that the system watches. */
  private final Map<FakeKey, Object> registered = new HashMap<>();

  private boolean open = true;

  public FakeSelector(ChannelRig rig) {
    this.rig = rig;
  }

  /** False if it is closed. */
  public boolean queue(FakeKey key) {
    if (open) {
      queued.add(key);
    }
    return open;
  }

  @Override
  public Selector wakeup() {
    rig.say("wake up");
    rig.network.schedule(rig.network.now(), this::pass);
    return this;
  }

  /** What is queued is looked at, and events are shown to whom they concern. */
  public void pass() {
    boolean again = open;
    while (again) {
      again = false;
      lookAtQueued();
      for (FakeKey key : List.copyOf(registered.keySet())) {
        if (hasEvent(key)) {
          again |= show(key);
        }
      }
    }
  }

  private void lookAtQueued() {
    for (FakeKey key; (key = queued.poll()) != null; ) {
      if (!key.isValid()) {
        registered.remove(key);
        continue;
      }
      ChannelRaceRegistry.Race race = rig.race();
      if (race != null && race.holds(key)) {
        registered.remove(key);
      } else if (rig.registry.take(key)) {
        // As the woven look does: taken out, and looked at once more, then as new.
        registered.remove(key);
        queued.add(key);
      } else if ((key.interestOps() & SelectionKey.OP_CONNECT) == 0) {
        registered.remove(key);
      } else if (!registered.containsKey(key)) {
        registered.put(key, rig.description());
        awaitEvent();
      }
    }
  }

  private void awaitEvent() {
    long at = rig.answersAt();
    if (at != FakeNetwork.NEVER) {
      rig.network.schedule(Math.max(at, rig.network.now()), this::pass);
    }
  }

  private boolean hasEvent(FakeKey key) {
    return registered.get(key).equals(rig.description()) && rig.answersAt() <= rig.network.now();
  }

  /** Shows an event; true if it was swallowed, and the select goes on. */
  private boolean show(FakeKey key) {
    if (rig.environment.isSwallowed(rig.socket.descriptor, key, rig.saysConnected())) {
      return true;
    }
    rig.finishConnect();
    key.interestOps(0);
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public SelectorProvider provider() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SelectionKey> keys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SelectionKey> selectedKeys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int selectNow() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int select(long timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int select() {
    throw new UnsupportedOperationException();
  }

  /** All keys that the system watches. */
  List<FakeKey> registered() {
    return new ArrayList<>(registered.keySet());
  }
}
