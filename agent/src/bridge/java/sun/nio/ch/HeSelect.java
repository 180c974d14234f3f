package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What woven JDK code calls while channels that do not block race: what {@link HeHook} says holds
 * here too. All of it is passed by every select of the program, so while there is no race it ends
 * at one look at a field.
 */
public final class HeSelect {

  /**
   * Whether channels are racing, or have raced and are not yet re-armed: while none is, the hooks
   * that every select passes through cost this one read. Written by the agent under its own lock.
   */
  private static volatile boolean watching;

  private HeSelect() {}

  /** Switches the hooks below on and off. */
  public static void setWatching(boolean on) {
    watching = on;
  }

  /**
   * Woven: {@code Net.pollConnectNow}, by which finishConnect asks whether a connect is through.
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

  /** Woven: {@code SelectionKeyImpl.translateInterestOps}; true: nothing is to be registered. */
  public static boolean isHeld(Object key) {
    HeHook hook = HeHook.installed();
    if (!watching || hook == null) {
      return false;
    }
    SelectionKeyImpl ski = (SelectionKeyImpl) key;
    if (!(ski.channel() instanceof SocketChannelImpl)) {
      // Servers, datagrams and pipes are in the same selectors.
      return false;
    }
    try {
      int answer = hook.onInterest(ski.channel(), ski);
      // The descriptor has become another description, and whether the kernel knows that one
      // depends
      // on when this selector last looked. So the key is taken out now, where it has any entry, and
      // looked at once more by this very loop over the updates, which then registers it as new.
      return answer == HeHook.HOLD || (answer == HeHook.REARM && HeSocket.queueUpdate(ski));
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      if ((ski.nioInterestOps() & SelectionKey.OP_CONNECT) != 0) {
        // It might have been to be armed anew. Where it is armed already, the kernel refuses to do
        // so twice and all is as it was.
        ski.registeredEvents(0);
      }
      return false;
    }
  }

  /** Woven: {@code SocketChannelImpl.translateReadyOps}; true: the event is not the program's. */
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

  /** Whether these events of a connecting socket say by themselves that it is connected. */
  private static boolean isConnected(int events) {
    return (events & (Net.POLLOUT | Net.POLLERR | Net.POLLHUP)) == Net.POLLOUT;
  }

  /**
   * Woven: {@code doSelect} of a selector begins. Gives the time; 0 if nobody watches, and for a
   * further pass by {@link #selected}.
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
   * Woven: {@code doSelect} of a selector ends. Makes further passes while they find nothing and
   * what has ended the last one may have been ours, so that the program never sees it: as in one
   * long select the selector's locks stay held, and who closes it waits until this has returned.
   *
   * @param start what {@link #selecting} gave; 0 for a select that has found nothing and of which
   *     nobody was told, because no race had begun yet
   * @param timeout as the JDK has it: -1 to wait, 0 not to wait, else milliseconds
   * @param found how many keys
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
    // Closed by another thread: a select that was under way gives what it has, as in the JDK.
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

  /** Woven: {@code doSelect} of a selector has thrown, or what the program gave it has. */
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

  /** Woven: a selector has consumed a wake-up in the pass under way on this thread. */
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

  /** Woven: a channel is being closed, its descriptor still open. */
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

  /** Woven: {@code UnixAsynchronousSocketChannelImpl.onEvent}; true: not the program's event. */
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
   * Woven: {@code UnixAsynchronousSocketChannelImpl.setConnected}.
   *
   * @throws IOException the outcome of a race that was lost
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
    // An event that was not to get here, or an answer that could not be had. The JDK has asked the
    // descriptor for its error, which a race may have taken before: this asks whether there is a
    // connection, and throws if there is none.
    try {
      Net.pollConnect(HeSocket.descriptor(channel), 0);
    } catch (IOException none) {
      throw withoutUs(none);
    }
  }

  /** The program is to see the JDK's frames and its own. */
  private static IOException withoutUs(IOException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    int kept = 0;
    for (StackTraceElement frame : trace) {
      if (!frame.getClassName().startsWith("sun.nio.ch.He")) {
        trace[kept++] = frame;
      }
    }
    failure.setStackTrace(Arrays.copyOf(trace, kept));
    return failure;
  }
}
