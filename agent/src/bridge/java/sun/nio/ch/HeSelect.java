package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

/**
 * The static methods that woven code of the JDK calls while non-blocking channels race. The rules
 * of {@link HeHook} apply here too. Every select of the program calls them, so while there is no
 * race they return after they have read one field.
 */
public final class HeSelect {

  /**
   * Whether any channel is racing, or has raced and is not registered anew yet. While none is, the
   * hooks that every select calls only read this field. Written by the agent under its own lock.
   */
  private static volatile boolean watching;

  private HeSelect() {}

  /** Switches the hooks below on and off. */
  public static void setWatching(boolean on) {
    watching = on;
  }

  /**
   * Called by {@code Net.pollConnectNow}, by which finishConnect asks whether a connect has
   * succeeded.
   *
   * @return {@link HeHook#PROCEED}, {@link HeHook#CONNECTED} or {@link HeHook#PENDING}
   * @throws IOException the outcome of a race
   */
  public static int pollConnect(FileDescriptor fd) throws IOException {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return HeHook.PROCEED;
    }
    try {
      return hook.onPollConnect(fd);
    } catch (IOException outcome) {
      throw outcome;
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return HeHook.PROCEED;
    }
  }

  /**
   * Called by {@code SelectionKeyImpl.translateInterestOps}.
   *
   * @return whether the selector must register nothing
   */
  public static boolean isHeld(Object key) {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return false;
    }
    SelectionKeyImpl ski = (SelectionKeyImpl) key;
    if (!(ski.channel() instanceof SocketChannelImpl)) {
      // Servers, datagram channels and pipes use the same selectors.
      return false;
    }
    try {
      int answer = hook.onInterest(ski.channel(), ski);
      // The descriptor refers to another description now. Whether the kernel has registered that
      // one depends on when this selector last looked. So the key's registration is removed now, if
      // it has one, and this same loop over the updates looks at the key again and registers it as
      // new.
      return answer == HeHook.HOLD || (answer == HeHook.REARM && HeSelectable.queueUpdate(ski));
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      if ((ski.nioInterestOps() & SelectionKey.OP_CONNECT) != 0) {
        // The key might have needed a new registration. If it is registered already, the kernel
        // refuses a second registration, and nothing changes.
        ski.registeredEvents(0);
      }
      return false;
    }
  }

  /**
   * Called by {@code SocketChannelImpl.translateReadyOps}.
   *
   * @return whether the event is hidden from the program
   */
  public static boolean isSwallowed(Object channel, int ops, int initialOps, Object key) {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return false;
    }
    try {
      SelectionKeyImpl ski = (SelectionKeyImpl) key;
      boolean swallowed = hook.onReady(channel, ski, isConnected(ops));
      if (swallowed) {
        ski.nioReadyOps(initialOps);
      }
      return swallowed;
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return false;
    }
  }

  /** Whether these events of a connecting socket show that it is connected. */
  private static boolean isConnected(int events) {
    return (events & (Net.POLLOUT | Net.POLLERR | Net.POLLHUP)) == Net.POLLOUT;
  }

  /**
   * Called when {@code doSelect} of a selector begins.
   *
   * @return the time; 0 if no channel is racing, and for a further pass that {@link #selected}
   *     makes
   */
  public static long selecting(Object selector) {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return 0;
    }
    try {
      return hook.onSelecting(selector) ? System.nanoTime() : 0;
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return 0;
    }
  }

  /**
   * Called when {@code doSelect} of a selector ends. It makes further passes while they find
   * nothing and the agent may have ended the last one, so that the program never sees that. The
   * selector's locks stay held as in one long select, and a thread that closes the selector waits
   * until this returns.
   *
   * @param start what {@link #selecting} returned; 0 for a select that has found nothing and that
   *     began before any race
   * @param timeout as in the JDK: -1 to wait, 0 not to wait, otherwise milliseconds
   * @param found how many keys were found
   */
  public static int selected(
      Object selector, Consumer<SelectionKey> action, long timeout, long start, int found)
      throws IOException {
    if (start == 0 && !isLate(selector)) {
      return found;
    }
    HeHook hook = HeHook.installed();
    SelectorImpl self = (SelectorImpl) selector;
    int now = found;
    while (hook != null && self.isOpen()) {
      long again;
      try {
        again = hook.onSelected(now, timeout, start);
      } catch (Throwable unexpected) {
        hook.report(unexpected);
        return now;
      }
      if (again == HeHook.RETURN) {
        return now;
      }
      try {
        now = self.doSelect(action, again);
      } catch (Throwable failure) {
        selectFailed();
        throw failure;
      }
    }
    // Another thread has closed the selector. A select that was under way returns what it has
    // found, as in the JDK.
    selectFailed();
    return now;
  }

  private static boolean isLate(Object selector) {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return false;
    }
    try {
      return hook.onSelectedLate(selector);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return false;
    }
  }

  /** Called when {@code doSelect} of a selector has thrown, or the action of the program has. */
  public static void selectFailed() {
    HeHook hook = HeHook.installed();
    if (hook == null) {
      return;
    }
    try {
      hook.onSelectFailed();
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  /** Called when a selector has consumed a wake-up in the pass under way on this thread. */
  public static void wokenUp(Object selector) {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return;
    }
    try {
      hook.onWokenUp(selector);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  /** Called when a channel is being closed; its descriptor is still open. */
  public static void closing(Object channel) {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return;
    }
    try {
      hook.onClosing(channel);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  /**
   * Called by {@code UnixAsynchronousSocketChannelImpl.onEvent}.
   *
   * @return whether the event is hidden from the program
   */
  public static boolean isAsyncSwallowed(Object channel, int events) {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return false;
    }
    try {
      return hook.onReady(channel, null, isConnected(events));
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return false;
    }
  }

  /**
   * Called by {@code UnixAsynchronousSocketChannelImpl.setConnected}.
   *
   * @throws IOException the outcome of a race that has failed
   */
  public static void asyncConnected(Object channel) throws IOException {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return;
    }
    try {
      if (hook.onPollConnect(HeSocket.descriptor(channel)) == HeHook.PROCEED) {
        return;
      }
    } catch (IOException outcome) {
      throw outcome;
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
    // An event has come this far that should have been hidden, or the hook has failed.
    HeAsync.checkConnected(channel);
  }
}
