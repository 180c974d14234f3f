package sun.nio.ch;

import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * What the agent uses of the registrations of channels with selectors: fields of {@code
 * AbstractSelectableChannel}, and the selector's queue of updates. See {@link HeSocket}.
 */
public final class HeSelectable {

  private static final long KEYS = HeJdk.offset(AbstractSelectableChannel.class, "keys");
  private static final long KEY_LOCK = HeJdk.offset(AbstractSelectableChannel.class, "keyLock");

  private HeSelectable() {}

  /**
   * The selection keys of a channel, in all selectors. Takes the lock under which the JDK adds and
   * removes them, and no other lock inside it.
   */
  public static List<SelectionKey> keys(Object channel) {
    List<SelectionKey> found = new ArrayList<>();
    synchronized (HeJdk.UNSAFE.getReference(channel, KEY_LOCK)) {
      SelectionKey[] keys = (SelectionKey[]) HeJdk.UNSAFE.getReference(channel, KEYS);
      if (keys != null) {
        for (SelectionKey key : keys) {
          if (key != null) {
            found.add(key);
          }
        }
      }
    }
    return found;
  }

  /**
   * Has the key's selector look at the key's interest set again at its next select.
   *
   * @return false if it never will, because another thread has closed the selector
   */
  public static boolean queueUpdate(Object key) {
    SelectionKeyImpl ski = (SelectionKeyImpl) key;
    try {
      ((SelectorImpl) ski.selector()).setEventOps(ski);
      return true;
    } catch (ClosedSelectorException gone) {
      return false;
    }
  }
}
