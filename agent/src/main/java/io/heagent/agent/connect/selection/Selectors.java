package io.heagent.agent.connect.selection;

import java.nio.channels.SelectionKey;
import sun.nio.ch.HeSelect;
import sun.nio.ch.HeSelectable;

/**
 * What races ask of the program's selectors; tests put made-up ones in their place. Any thread.
 * These methods take a selector's own lock, and no other lock inside it.
 */
public interface Selectors {

  /** Switches the hooks in every select of the program on or off. */
  void setWatching(boolean on);

  /**
   * Makes the key's selector look at its interest set again at its next select.
   *
   * @return false if it never will, because another thread has closed it
   */
  boolean queueUpdate(SelectionKey key);

  /** The selectors of this JVM. */
  public final class OfJvm implements Selectors {

    @Override
    public void setWatching(boolean on) {
      HeSelect.setWatching(on);
    }

    @Override
    public boolean queueUpdate(SelectionKey key) {
      return HeSelectable.queueUpdate(key);
    }
  }
}
