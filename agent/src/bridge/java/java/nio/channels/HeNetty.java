package java.nio.channels;

import java.io.IOException;
import java.net.SocketAddress;

/**
 * The static methods that woven code of Netty calls. The class is in this package because every
 * class loader and module can access it here, OSGi's too, and no package need be opened to the
 * program. It is defined when a copy of Netty is first woven. The agent installs its one subclass.
 *
 * <p>These methods throw only an {@link IOException} that is the outcome of a race. Any other
 * failure of the agent goes to {@link #onFailure}, and Netty's own code runs (fail open). As in
 * everything in java.base that agents touch, there is no {@code invokedynamic} here.
 */
public abstract class HeNetty {

  /** The agent's one implementation; null while there is none. Written by {@link #install}. */
  private static volatile HeNetty installed;

  /** Whether any channel is racing. If not, all hooks but {@link #begin} only read this field. */
  private static volatile boolean racing;

  /** For the agent's one implementation. */
  protected HeNetty() {}

  /** Installs the implementation. */
  public static void install(HeNetty hook) {
    installed = hook;
  }

  /** Sets whether any channel is racing. */
  protected static void setRacing(boolean anyIs) {
    racing = anyIs;
  }

  /**
   * Called by {@code AbstractEpollChannel.doConnect} when it begins, on the channel's event loop.
   *
   * @return the call; null if the connect is not raced
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

  /** Called when the {@code doConnect} for which begin returned a call returns or throws. */
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
   * Called by {@code Socket.connect}.
   *
   * @return whether the connect is pending, so that Netty must not connect
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
   * Called by {@code Socket.finishConnect}.
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
      hook.giveUp(socket, false);
      return false;
    }
  }

  /**
   * Called when the channel's descriptor is readable or was hung up.
   *
   * @return whether Netty must ignore that event
   */
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

  /** Called by {@code Native.epollCtlAdd} and {@code epollCtlMod}. */
  public static void control(int epoll, int number, int events) {
    HeNetty hook = installed;
    if (!racing || hook == null) {
      return;
    }
    try {
      hook.onControl(epoll, number, events);
    } catch (Throwable unexpected) {
      hook.onControlLost();
      hook.report(unexpected);
    }
  }

  /** Called by {@code FileDescriptor.close}, before the descriptor's number is free. */
  public static void closing(Object descriptor, int number) {
    HeNetty hook = installed;
    if (!racing || hook == null) {
      return;
    }
    try {
      hook.onClosing(descriptor, number);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      try {
        hook.giveUp(descriptor, true);
      } catch (IOException impossible) {
        return;
      }
    }
  }

  /** Called by {@code Socket.setIntOpt} and {@code setRawOpt}, which set an option by number. */
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

  private void giveUp(Object descriptor, boolean closing) throws IOException {
    IOException failure = null;
    try {
      failure = onLost(descriptor, closing);
    } catch (Throwable unexpected) {
      report(unexpected);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void report(Throwable unexpected) {
    try {
      onFailure(unexpected);
    } catch (Throwable nothingLeftToDo) {
      // Not even the report works, for lack of memory or stack. Netty's own code runs all the same.
      return;
    }
  }

  /** Called when a connect begins. Returns the call to race; null if Netty's code runs alone. */
  protected abstract Object onBegin(
      Object channel, Object socket, SocketAddress remote, SocketAddress local);

  /** Called when the method that began the connect returns or throws. */
  protected abstract void onEnd(Object call);

  /** Called when the socket is about to be connected. */
  protected abstract boolean onConnect(Object socket);

  /** Called when Netty asks for the outcome. */
  protected abstract boolean onFinishConnect(Object socket, int number) throws IOException;

  /** Called when the channel's descriptor has an event other than that of a connect. */
  protected abstract boolean onEvent(Object channel);

  /** Called when a descriptor's events in an epoll descriptor are about to be set. */
  protected abstract void onControl(int epoll, int number, int events);

  /**
   * Called if {@link #onControl} has failed, so that it is not known any more for which events some
   * descriptor is registered. Takes no memory and does not throw. Not abstract, so that an agent of
   * another version, which lacks it, is never missed here.
   */
  protected void onControlLost() {}

  /** Called when a descriptor is about to be closed. */
  protected abstract void onClosing(Object descriptor, int number);

  /**
   * Called if {@link #onFinishConnect} or {@link #onClosing} has failed. Gives the descriptor's
   * race up.
   *
   * @return the failure of the connect; null if there is none, or the descriptor is being closed
   */
  protected abstract IOException onLost(Object descriptor, boolean closing);

  /** Called when an option of some socket is about to be set. */
  protected abstract void onOption(int level, int number, boolean isInt);

  /** Called when the agent has failed, and Netty's own code runs. */
  protected abstract void onFailure(Throwable unexpected);
}
