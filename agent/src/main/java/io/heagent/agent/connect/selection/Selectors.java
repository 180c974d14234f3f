package io.heagent.agent.connect.selection;

import java.nio.channels.SelectionKey;
import sun.nio.ch.HeSelect;
import sun.nio.ch.HeSocket;

/**
 * What is asked of the program's selectors. Tests put others in their place. Any thread; takes no
 * lock but a leaf of a selector's own.
 */
public interface Selectors {

  /** Switches the hooks on and off that every select of the program passes. */
  void setWatching(boolean on);

  /**
   * Has the key's selector look at its interest again when it selects next.
   *
   * @return false if it never will, because another thread has closed it
   */
  boolean queueUpdate(SelectionKey key);

  /** Those of this JVM. */
  public final class OfJvm implements Selectors {

    @Override
    public void setWatching(boolean on) {
      HeSelect.setWatching(on);
    }

    @Override
    public boolean queueUpdate(SelectionKey key) {
      return HeSocket.queueUpdate(key);
    }
  }
}
