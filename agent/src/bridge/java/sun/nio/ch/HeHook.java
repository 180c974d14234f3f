package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.util.function.Function;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.Hidden;

/**
 * The static methods that woven code of the JDK calls. The class is defined in java.base (see
 * {@code BridgeInstaller}), because code there cannot link to classes of the agent. The agent
 * extends this class and installs its one instance.
 *
 * <p>These methods throw only an {@link IOException} that is the outcome of a race. Any other
 * failure of the agent goes to {@link #onFailure}, which reports it once, and the JDK's own code
 * runs (fail open). As in everything in java.base that agents touch, this class uses no lambda, no
 * string concatenation and no other {@code invokedynamic}: to bootstrap one while a class is being
 * loaded would be circular.
 */
public abstract class HeHook {

  /** {@link #connect} returns this if the JDK's own connect must run. */
  public static final int PROCEED = 0;

  /**
   * {@link #connect} returns this if the descriptor is connected. The native connect has the same
   * value.
   */
  public static final int CONNECTED = 1;

  /**
   * {@link #connect} returns this if the descriptor is not connected, or not yet. The JDK then
   * polls the descriptor, and finds out why.
   */
  public static final int PENDING = IOStatus.UNAVAILABLE;

  /**
   * {@link #onConnect} returns this if the race has failed; {@link #onFailed} has the exception.
   */
  public static final int FAILED = -100;

  /**
   * The kind of {@code NioSocketImpl.connect}: {@code Socket}, {@code SSLSocket}, and everything
   * built on them.
   */
  public static final int SOCKET = 0;

  /** The kind of {@code SocketChannelImpl.connect}. */
  public static final int CHANNEL = 1;

  /**
   * The kind of {@code SocketChannelImpl.blockingConnect}, which {@code
   * channel.socket().connect(address, timeout)} calls.
   */
  public static final int ADAPTOR = 2;

  /** The kind of {@code UnixAsynchronousSocketChannelImpl.implConnect}. */
  public static final int ASYNC = 3;

  /**
   * The agent's one implementation; null while there is none. Written by {@link #install}, on the
   * thread of the first connect, and by {@link #leave}.
   */
  private static volatile HeHook installed;

  /**
   * The answer of {@link #isHidden}: 0 until it is known, then 1 for yes and 2 for no. Any thread
   * may write it; all write the same.
   */
  private static volatile int hidden;

  /**
   * Makes and installs the implementation at the first connect; null once nothing is left to be
   * made.
   */
  private static volatile Runnable starter;

  /** Whether {@link #start} is at work. Guarded by the class's monitor. */
  private static boolean starting;

  /** What people's commands are passed to; null while no agent is in this JVM. */
  private static volatile Function<String, String> commands;

  /** For the agent's one implementation. */
  protected HeHook() {}

  /**
   * Has the implementation made by the first thread that needs it, because most programs that an
   * agent is given to never connect.
   *
   * @param starter calls {@link #install}; if it throws, the next connect runs it again
   */
  public static void startWith(Runnable starter) {
    HeHook.starter = starter;
  }

  /** Makes the implementation, if it has not been made, as the first connect would. */
  public static void start() {
    hook();
  }

  /**
   * Defines another class of this package. Only the agent can call this class. The method asks no
   * security manager, so it can be called during a connect of the program; nor does it parse the
   * class first, as a {@code Lookup} does.
   */
  public static void define(byte[] classFile) {
    Unsafe.getUnsafe().defineClass(null, classFile, 0, classFile.length, null, null);
  }

  private static HeHook hook() {
    HeHook hook = installed;
    return hook != null || starter == null ? hook : made();
  }

  /**
   * Makes the implementation. Other threads that connect meanwhile wait, because their connects are
   * to be raced too. Connects that the starter itself makes, because another agent has changed the
   * agent's classes, are not raced.
   */
  private static synchronized HeHook made() {
    Runnable begin = starter;
    if (installed == null && begin != null && !starting) {
      starting = true;
      try {
        begin.run();
        starter = null;
      } catch (Throwable unexpected) {
        // A lack of memory or stack may be over at the next connect. The JDK's own code runs for
        // this one.
        return installed;
      } finally {
        starting = false;
      }
    }
    return installed;
  }

  /**
   * Has commands answered, which may come from a jar of another version: only types of the JDK are
   * in between. While there is something that answers, an agent is in this JVM.
   *
   * @param commands answers a command's lines by lines
   */
  public static void answerWith(Function<String, String> commands) {
    HeHook.commands = commands;
  }

  /** What answers commands; null while no agent is in this JVM. */
  public static Function<String, String> commands() {
    return commands;
  }

  /**
   * The agent leaves: every hook does nothing. A thread that makes the implementation at this
   * moment is waited for. What answers commands stays until the classes are what they were, because
   * while it is there no other agent comes in.
   */
  public static synchronized void leave() {
    starter = null;
    installed = null;
  }

  /** Installs the implementation; {@code null} makes every hook do nothing. */
  public static void install(HeHook hook) {
    installed = hook;
  }

  /** Whether an agent has been installed in this JVM. */
  public static boolean isInstalled() {
    return installed != null;
  }

  /** The implementation; null while there is none. */
  static HeHook installed() {
    return installed;
  }

  /** Called by {@code NioSocketImpl.connect} when it begins; 0 ms means no timeout. */
  public static Object begin(Object impl, SocketAddress remote, int millis) throws IOException {
    return begin(SOCKET, impl, remote, millis * 1_000_000L);
  }

  /**
   * Called by {@code SocketChannelImpl.connect} when it begins.
   *
   * @throws IOException if the channel is closed while its name is looked up
   */
  public static Object begin(Object channel, SocketAddress remote) throws IOException {
    return begin(CHANNEL, channel, remote, 0);
  }

  /**
   * Called by {@code SocketChannelImpl.blockingConnect} when it begins; Long.MAX_VALUE means no
   * timeout.
   */
  public static Object begin(Object channel, SocketAddress remote, long nanos) throws IOException {
    return begin(ADAPTOR, channel, remote, nanos == Long.MAX_VALUE ? 0 : nanos);
  }

  /** Called by {@code UnixAsynchronousSocketChannelImpl.implConnect} when it begins. */
  public static Object beginAsync(Object channel, SocketAddress remote) throws IOException {
    return begin(ASYNC, channel, remote, 0);
  }

  private static Object begin(int kind, Object impl, SocketAddress remote, long timeoutNanos)
      throws IOException {
    HeHook hook = hook();
    if (hook == null) {
      return null;
    }
    try {
      return hook.onBegin(kind, impl, remote, timeoutNanos);
    } catch (IOException outcome) {
      throw outcome;
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return null;
    }
  }

  /**
   * Returns the address that the JDK's connect goes on with. Called only after a begin that
   * returned a call.
   */
  public static SocketAddress remote(Object call, SocketAddress given) {
    HeHook hook = installed;
    if (hook == null) {
      return given;
    }
    try {
      return hook.onRemote(call);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return given;
    }
  }

  /** Called when the connect for which begin returned a call returns or throws. */
  public static void end(Object call) {
    HeHook hook = installed;
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
   * Whether this JVM leaves {@link #connect} out of stack traces, as its annotation asks. If it
   * does, a trace that is made there has no frame of the agent, so none need be removed. To remove
   * frames the JVM must make an object of every frame, which is half of what the agent costs a
   * refused connect.
   */
  public static boolean isHidden() {
    if (hidden == 0) {
      hidden = isSeen() ? 2 : 1;
    }
    return hidden == 1;
  }

  @Hidden
  private static boolean isSeen() {
    StackTraceElement[] trace = new Throwable().getStackTrace();
    return trace.length > 0 && trace[0].getMethodName().equals("isSeen");
  }

  /**
   * Called by {@code Net.connect}, which every client connect of the JDK calls.
   *
   * @return {@link #PROCEED}, {@link #CONNECTED} or {@link #PENDING}
   * @throws IOException the outcome of a race
   */
  @Hidden
  public static int connect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port)
      throws IOException {
    HeHook hook = installed;
    if (hook == null) {
      return PROCEED;
    }
    IOException failure;
    try {
      int result = hook.onConnect(family, fd, remote, port);
      if (result != FAILED) {
        return result;
      }
      failure = hook.onFailed();
      if (isHidden()) {
        failure.fillInStackTrace();
      }
    } catch (IOException outcome) {
      throw outcome;
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return PROCEED;
    }
    throw failure;
  }

  /** Called by {@code NioSocketImpl.bind}. */
  public static void bind(Object impl, int port) {
    if (port == 0) {
      bound(impl, null);
    }
  }

  /** Called by {@code SocketChannelImpl.bind}; a null address means any port too. */
  public static void bind(Object channel, SocketAddress local) {
    bound(channel, local);
  }

  private static void bound(Object impl, SocketAddress local) {
    HeHook hook = hook();
    if (hook == null) {
      return;
    }
    try {
      hook.onBind(impl, local);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  /**
   * Called by {@code Net.setSocketOption}, which sets any option of any socket. A race need not ask
   * sockets for an option that no socket was ever given.
   */
  public static void optionSet(SocketOption<?> option) {
    HeHook hook = hook();
    if (hook == null) {
      return;
    }
    try {
      hook.onOption(option);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  /**
   * Called by the constructor of {@code ConnectionPool.CacheKey} of the JDK's HttpClient.
   *
   * @return the address to make the key of, see {@link HeCache#poolKey}
   */
  public static InetSocketAddress poolKey(InetSocketAddress destination) {
    HeHook hook = hook();
    if (hook == null || destination == null || destination.isUnresolved()) {
      return destination;
    }
    try {
      return HeCache.poolKey(destination);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return destination;
    }
  }

  /**
   * Called by {@code InetAddress.getByName} with the setting {@code resolve=fast}.
   *
   * @return null if the JDK must look the name up
   * @throws UnknownHostException if there is no such name
   */
  public static InetAddress lookUp(String host) throws UnknownHostException {
    HeHook hook = hook();
    if (hook == null) {
      return null;
    }
    try {
      return hook.onLookUp(host);
    } catch (UnknownHostException outcome) {
      throw outcome;
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return null;
    }
  }

  /**
   * Called by {@code InetAddress.getAddressesFromNameService}, the JDK's look-up, when it has an
   * answer.
   */
  public static void lookedUp(String host, InetAddress[] found) {
    HeHook hook = hook();
    if (hook == null) {
      return;
    }
    try {
      hook.onLookedUp(host, found);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
    }
  }

  /**
   * Reports a failure of the agent, after which the JDK's own code runs.
   *
   * @throws ThreadDeath the failure, if it is one: the program stops this thread (Thread.stop, up
   *     to JDK 19), and that is no failure of the agent
   */
  final void report(Throwable unexpected) {
    if (unexpected instanceof ThreadDeath) {
      throw (ThreadDeath) unexpected;
    }
    try {
      onFailure(unexpected);
    } catch (Throwable nothingLeftToDo) {
      // Not even the report works, for lack of memory or stack. The JDK's own code runs all the
      // same.
      return;
    }
  }

  /** {@link #onInterest} returns this if the JDK must do what it does without the agent. */
  protected static final int NORMAL = 0;

  /**
   * {@link #onInterest} returns this if the selector must register nothing, because the channel's
   * race goes on elsewhere.
   */
  protected static final int HOLD = 1;

  /**
   * {@link #onInterest} returns this if the selector must register the key anew, whatever was
   * registered before.
   */
  protected static final int REARM = 2;

  /** {@link #onSelected} returns this if the program must get what was found. */
  public static final long RETURN = Long.MIN_VALUE;

  /**
   * Called when a connect begins. Returns the call to race, or null if the JDK's own code runs
   * alone.
   */
  protected abstract Object onBegin(int kind, Object impl, SocketAddress remote, long timeoutNanos)
      throws IOException;

  /** Returns the resolved address that the JDK goes on with. */
  protected abstract SocketAddress onRemote(Object call);

  /** Called when the connect is over. */
  protected abstract void onEnd(Object call);

  /** Called when the descriptor is about to be connected. */
  protected abstract int onConnect(
      ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port) throws IOException;

  /**
   * Returns the outcome of the race for which {@link #onConnect} returned {@link #FAILED}, on the
   * same thread. If {@link #isHidden}, the caller makes its stack trace anew; otherwise the trace
   * must be free of the agent's frames.
   */
  protected abstract IOException onFailed();

  /**
   * Called when a socket is bound: to any port if the address is null, otherwise to that address.
   */
  protected abstract void onBind(Object impl, SocketAddress local);

  /** Called when an option of some socket is about to be set. */
  protected abstract void onOption(SocketOption<?> option);

  /** Called when the JDK asks whether the descriptor is connected. */
  protected abstract int onPollConnect(FileDescriptor fd) throws IOException;

  /** Called when a selector is about to register the channel's interest set. */
  protected abstract int onInterest(Object channel, Object key);

  /**
   * Called when the channel's descriptor has an event; the key is null for an asynchronous channel.
   */
  protected abstract boolean onReady(Object channel, Object key, boolean connected);

  /**
   * Called when a select begins on this thread. Returns false for a further pass of a select that
   * is under way.
   */
  protected abstract boolean onSelecting(Object selector);

  /**
   * Called when a pass of a select ends. Returns the timeout of a further pass (-1, 0 or
   * milliseconds), or {@link #RETURN}.
   */
  protected abstract long onSelected(int found, long timeout, long start);

  /** Called when a select has thrown, or its selector was closed meanwhile. */
  protected abstract void onSelectFailed();

  /** Called when a selector has consumed a wake-up. */
  protected abstract void onWokenUp(Object selector);

  /** Whether a select that began before any race has consumed a wake-up that may be the agent's. */
  protected abstract boolean onSelectedLate(Object selector);

  /** Called when a channel is being closed. */
  protected abstract void onClosing(Object channel);

  /** Looks up the first address of a name; null if the JDK must do it. */
  protected abstract InetAddress onLookUp(String host) throws UnknownHostException;

  /** Called when a name has been looked up. The array is the JDK's own. */
  protected abstract void onLookedUp(String host, InetAddress[] found);

  /** Called when the agent has failed, and the JDK's own code runs. */
  protected abstract void onFailure(Throwable unexpected);

  /** Returns the class file of a class in this package. */
  protected abstract byte[] onClassFile(String name) throws IOException;
}
