package java.nio.channels;

import java.io.IOException;
import java.net.SocketAddress;

/**
 * What woven Netty code calls. It lies in this package because every class loader and every module
 * sees it here, OSGi's too, without anything being opened to the program; it is defined when a copy
 * of Netty is first woven. The agent extends it and installs its one instance.
 *
 * <p>Nothing escapes but an {@link IOException} that is the outcome of a race: any other failure of
 * ours is reported by {@link #onFailure}, and Netty's own path runs (fail open). As everything in
 * java.base that agents touch, it uses no {@code invokedynamic}.
 */
public abstract class HeNetty {

  private static volatile HeNetty installed;

  /** Whether any channel is racing: else all hooks but {@link #begin} end at this field. */
  private static volatile boolean racing;

  /** For the agent's one implementation. */
  protected HeNetty() {}

  /** Installs the implementation. */
  public static void install(HeNetty hook) {
    installed = hook;
  }

  /** Says whether any channel is racing. */
  protected static void setRacing(boolean anyIs) {
    racing = anyIs;
  }

  /**
   * Woven: {@code AbstractEpollChannel.doConnect} begins, on the channel's event loop.
   *
   * @return null where it is not raced
   */
  public static Object begin(
      Object channel, Object socket, SocketAddress remote, SocketAddress local) {
    HeNetty hook = installed;
    if (hook == null) {
      return null;
    }
    try {
      return hook.onBegin(channel, socket, remote, local);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return null;
    }
  }

  /** Woven: the {@code doConnect} for which begin gave a call returns or throws. */
  public static void end(Object call) {
    HeNetty hook = installed;
    if (hook == null) {
      return;
    }
    try {
      hook.onEnd(call);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  /**
   * Woven: {@code Socket.connect}.
   *
   * @return whether the connect is pending, and Netty has nothing to do
   */
  public static boolean connect(Object socket) {
    HeNetty hook = installed;
    if (hook == null) {
      return false;
    }
    try {
      return hook.onConnect(socket);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return false;
    }
  }

  /**
   * Woven: {@code Socket.finishConnect}.
   *
   * @return whether there is no outcome yet
   * @throws IOException the outcome of the race
   */
  public static boolean finishConnect(Object socket, int number) throws IOException {
    HeNetty hook = installed;
    if (!racing || hook == null) {
      return false;
    }
    try {
      return hook.onFinishConnect(socket, number);
    } catch (IOException outcome) {
      throw outcome;
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return false;
    }
  }

  /** Woven: the channel's descriptor can be read, or was hung up. Whether that says nothing. */
  public static boolean isHeld(Object channel) {
    HeNetty hook = installed;
    if (!racing || hook == null) {
      return false;
    }
    try {
      return hook.onEvent(channel);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return false;
    }
  }

  /** Woven: {@code Native.epollCtlAdd} and {@code epollCtlMod}. */
  public static void control(int epoll, int number, int events) {
    HeNetty hook = installed;
    if (!racing || hook == null) {
      return;
    }
    try {
      hook.onControl(epoll, number, events);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  /** Woven: {@code FileDescriptor.close}, before the number is given back. */
  public static void closing(Object descriptor, int number) {
    HeNetty hook = installed;
    if (!racing || hook == null) {
      return;
    }
    try {
      hook.onClosing(descriptor, number);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  /**
   * Woven: {@code Socket.setIntOpt} and {@code Socket.setRawOpt}, which set an option by its
   * number.
   */
  public static void option(int level, int number, boolean isInt) {
    HeNetty hook = installed;
    if (hook == null) {
      return;
    }
    try {
      hook.onOption(level, number, isInt);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  private void report(Throwable unexpected) {
    try {
      onFailure(unexpected);
    } catch (Throwable nothingLeftToDo) {
      // Not even the report works (no memory, no stack): Netty's own path is what counts.
      return;
    }
  }

  /** A connect begins. Gives the call to race, or null where Netty's own path runs untouched. */
  protected abstract Object onBegin(
      Object channel, Object socket, SocketAddress remote, SocketAddress local);

  /** The method that began the connect is left. */
  protected abstract void onEnd(Object call);

  /** The socket is to be connected. */
  protected abstract boolean onConnect(Object socket);

  /** Netty asks for the outcome. */
  protected abstract boolean onFinishConnect(Object socket, int number) throws IOException;

  /** The channel's descriptor has an event that is not about a connect. */
  protected abstract boolean onEvent(Object channel);

  /** A descriptor's events in an epoll descriptor are about to be set. */
  protected abstract void onControl(int epoll, int number, int events);

  /** A descriptor is about to be closed. */
  protected abstract void onClosing(Object descriptor, int number);

  /** Some socket is about to be given an option. */
  protected abstract void onOption(int level, int number, boolean isInt);

  /** Something of ours failed; Netty's own path runs. */
  protected abstract void onFailure(Throwable unexpected);
}
