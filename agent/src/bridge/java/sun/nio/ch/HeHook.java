package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnknownHostException;
import jdk.internal.vm.annotation.Hidden;

/**
 * What woven JDK code calls. Defined into java.base (see {@code BridgeInstaller}), because code
 * there can link to nothing of the agent's; the agent extends this class and installs its one
 * instance.
 *
 * <p>Nothing escapes but an {@link IOException} that is the outcome of a race: any other failure of
 * ours is reported once by {@link #onFailure} and the JDK's own path runs (fail open). As
 * everything in java.base that agents touch, this class uses no lambda, no string concatenation and
 * no other {@code invokedynamic}: bootstrapping one from inside a class that is being loaded is
 * circular.
 */
public abstract class HeHook {

  /** {@link #connect}: the JDK's own connect runs. */
  public static final int PROCEED = 0;

  /** {@link #connect}: the descriptor is connected. The value native connect gives. */
  public static final int CONNECTED = 1;

  /** {@link #connect}: not connected (yet); the JDK polls the descriptor and finds out why. */
  public static final int PENDING = IOStatus.UNAVAILABLE;

  /** {@link #onConnect}: the race has failed, and {@link #onFailed} has the exception. */
  public static final int FAILED = -100;

  /** {@code NioSocketImpl.connect}: {@code Socket}, {@code SSLSocket}, everything built on them. */
  public static final int SOCKET = 0;

  /** {@code SocketChannelImpl.connect}. */
  public static final int CHANNEL = 1;

  /**
   * {@code SocketChannelImpl.blockingConnect}: {@code channel.socket().connect(address, timeout)}.
   */
  public static final int ADAPTOR = 2;

  /** {@code UnixAsynchronousSocketChannelImpl.implConnect}. */
  public static final int ASYNC = 3;

  private static volatile HeHook installed;

  /**
   * What {@link #isHidden} has found: 0 before, then 1 for yes and 2 for no. Any thread may ask.
   */
  private static volatile int hidden;

  /**
   * Makes and installs the implementation at the first connect; null once there is none to be had.
   */
  private static volatile Runnable starter;

  /** Whether {@link #start} is at work; guarded by the class's monitor. */
  private static boolean starting;

  /** For the agent's one implementation. */
  protected HeHook() {}

  /**
   * Has the implementation made by the first thread that has use for it: most programs that an
   * agent is given to never connect.
   *
   * @param starter calls {@link #install}; it is run again by the next connect if it throws
   */
  public static void startWith(Runnable starter) {
    HeHook.starter = starter;
  }

  /** Makes the implementation, if that is still to be done, as the first connect would. */
  public static void start() {
    hook();
  }

  /**
   * Defines a further class of this package, for the agent alone: nobody else can call this class.
   * Asks no security manager, and so can be called in the midst of a connect of the program's.
   */
  public static void define(byte[] classFile) throws IllegalAccessException {
    MethodHandles.lookup().defineClass(classFile);
  }

  private static HeHook hook() {
    HeHook hook = installed;
    return hook != null || starter == null ? hook : made();
  }

  /**
   * Other threads that connect meanwhile wait: theirs are to be raced too. What the starter itself
   * connects, by whatever another agent does with our classes, is not.
   */
  private static synchronized HeHook made() {
    Runnable begin = starter;
    if (installed == null && begin != null && !starting) {
      starting = true;
      try {
        begin.run();
        starter = null;
      } catch (Throwable unexpected) {
        // Want of memory or stack may be over at the next connect; the JDK's own path runs now.
        return installed;
      } finally {
        starting = false;
      }
    }
    return installed;
  }

  /** Installs the implementation; {@code null} turns every hook into a no-op. */
  public static void install(HeHook hook) {
    installed = hook;
  }

  /** Whether an agent has installed itself in this JVM. */
  public static boolean isInstalled() {
    return installed != null;
  }

  /** The implementation; null while there is none. */
  static HeHook installed() {
    return installed;
  }

  /** A class file of the bridge that is defined late; null if there is none to be had. */
  static byte[] classFile(String name) {
    HeHook hook = installed;
    if (hook == null) {
      return null;
    }
    try {
      return hook.onClassFile(name);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return null;
    }
  }

  /** Woven: {@code NioSocketImpl.connect} begins; 0 ms is "no timeout". */
  public static Object begin(Object impl, SocketAddress remote, int millis) throws IOException {
    return begin(SOCKET, impl, remote, millis * 1_000_000L);
  }

  /**
   * Woven: {@code SocketChannelImpl.connect} begins.
   *
   * @throws IOException if the channel is closed while its name is looked up
   */
  public static Object begin(Object channel, SocketAddress remote) throws IOException {
    return begin(CHANNEL, channel, remote, 0);
  }

  /** Woven: {@code SocketChannelImpl.blockingConnect} begins; Long.MAX_VALUE is "no timeout". */
  public static Object begin(Object channel, SocketAddress remote, long nanos) throws IOException {
    return begin(ADAPTOR, channel, remote, nanos == Long.MAX_VALUE ? 0 : nanos);
  }

  /** Woven: {@code UnixAsynchronousSocketChannelImpl.implConnect} begins. */
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
   * Woven: the address that the JDK's connect goes on with. Only after a begin that gave a call.
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

  /** Woven: the connect for which begin gave a call is over, by return or by throw. */
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
   * Whether this JVM leaves {@link #connect} out of stack traces, as the annotation asks it to.
   * Then a trace that is made in there has no frame of the agent's in it, and none is to be taken
   * out, for which the JVM has to make an object of every frame: half of what the agent costs a
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
   * Woven: {@code Net.connect}, below every client connect of the JDK.
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

  /** Woven: {@code NioSocketImpl.bind}. */
  public static void bind(Object impl, int port) {
    if (port == 0) {
      bound(impl, null);
    }
  }

  /** Woven: {@code SocketChannelImpl.bind}; a null address is any port too. */
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
   * Woven: {@code Net.setSocketOption}, which sets whatever option of whatever socket: for an
   * option that nobody has ever set no socket need be asked.
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
   * Woven: the key under which the JDK's HttpClient pools a plain connection. It compares addresses
   * and leaves the name out: two names with the same first address, which a race may lead to
   * different servers, would share a connection to one of them. Here the name is made part of it.
   */
  public static InetSocketAddress poolKey(InetSocketAddress destination) {
    HeHook hook = hook();
    if (hook == null || destination == null || destination.isUnresolved()) {
      return destination;
    }
    try {
      String host = HeCache.originalHostName(destination.getAddress());
      if (host == null) {
        return destination;
      }
      String both = host.concat("/").concat(destination.getAddress().getHostAddress());
      return InetSocketAddress.createUnresolved(both, destination.getPort());
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return destination;
    }
  }

  /**
   * Woven: {@code InetAddress.getByName}, where look-ups are to be fast.
   *
   * @return null where the JDK looks up as ever
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

  /** Woven: {@code InetAddress.getAddressesFromNameService}, the JDK's look-up, has an answer. */
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

  final void report(Throwable unexpected) {
    try {
      onFailure(unexpected);
    } catch (Throwable nothingLeftToDo) {
      // Not even the report works (no memory, no stack): the JDK's own path is what counts.
      return;
    }
  }

  /** {@link #onInterest}: as the JDK has it. */
  protected static final int NORMAL = 0;

  /** {@link #onInterest}: nothing may be registered, the channel's race is under way elsewhere. */
  protected static final int HOLD = 1;

  /** {@link #onInterest}: register anew, whatever was registered before. */
  protected static final int REARM = 2;

  /** {@link #onSelected}: the program gets what was found. */
  public static final long RETURN = Long.MIN_VALUE;

  /** A connect begins. Gives the call to race, or null where the JDK's own path runs untouched. */
  protected abstract Object onBegin(int kind, Object impl, SocketAddress remote, long timeoutNanos)
      throws IOException;

  /** The (resolved) address that the JDK goes on with. */
  protected abstract SocketAddress onRemote(Object call);

  /** The connect is over. */
  protected abstract void onEnd(Object call);

  /** The descriptor is to be connected. */
  protected abstract int onConnect(
      ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port) throws IOException;

  /**
   * The outcome of the race for which {@link #onConnect} gave {@link #FAILED}, on the same thread.
   * Its stack trace is made anew where {@link #isHidden}, and free of our frames elsewhere.
   */
  protected abstract IOException onFailed();

  /** A socket is bound: to any port where the address is null, else to that address. */
  protected abstract void onBind(Object impl, SocketAddress local);

  /** An option of some socket is about to be set. */
  protected abstract void onOption(SocketOption<?> option);

  /** The JDK asks whether the descriptor is connected. */
  protected abstract int onPollConnect(FileDescriptor fd) throws IOException;

  /** A selector is about to register the channel's interest. */
  protected abstract int onInterest(Object channel, Object key);

  /** The channel's descriptor has an event; the key is null for asynchronous channels. */
  protected abstract boolean onReady(Object channel, Object key, boolean connected);

  /** A select begins on this thread; false: it is a further pass of the one under way. */
  protected abstract boolean onSelecting(Object selector);

  /** A pass of a select ends: -1, 0 or milliseconds for a further one, or {@link #RETURN}. */
  protected abstract long onSelected(int found, long timeout, long start);

  /** A select has thrown, or its selector was closed meanwhile. */
  protected abstract void onSelectFailed();

  /** A selector has consumed a wake-up. */
  protected abstract void onWokenUp(Object selector);

  /** Whether a select that began while nobody watched has consumed a wake-up that may be ours. */
  protected abstract boolean onSelectedLate(Object selector);

  /** A channel is being closed. */
  protected abstract void onClosing(Object channel);

  /** The first address of a name is wanted; null where the JDK is to find it. */
  protected abstract InetAddress onLookUp(String host) throws UnknownHostException;

  /** A name has been looked up; the array is the JDK's own. */
  protected abstract void onLookedUp(String host, InetAddress[] found);

  /** Something of ours failed; the JDK's own path runs. */
  protected abstract void onFailure(Throwable unexpected);

  /** The class file of a class in this package. */
  protected abstract byte[] onClassFile(String name) throws IOException;
}
