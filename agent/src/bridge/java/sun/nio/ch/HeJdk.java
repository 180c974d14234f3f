package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import jdk.internal.misc.Unsafe;

/**
 * Every use that the agent makes of JDK internals at run time, one method each. Those of
 * descriptors and threads are here, those of the objects that own descriptors in {@link HeSocket},
 * those of names in {@link HeCache} and {@link HeNames}. Defined in java.base beside {@link
 * HeHook}. {@code Requirements} checks each name and type against the running JDK before any of it
 * is linked. All were the same on JDK 17.0.15 to 25.0.3 unless stated.
 */
public final class HeJdk {

  static final Unsafe UNSAFE = Unsafe.getUnsafe();

  private HeJdk() {}

  static long offset(Class<?> owner, String field) {
    return UNSAFE.objectFieldOffset(owner, field);
  }

  /**
   * Calls the JDK's own {@code Net.connect}; for a non-blocking descriptor it returns 1 or
   * IOStatus.UNAVAILABLE.
   */
  public static int connect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port)
      throws IOException {
    return Net.connect(family, fd, remote, port);
  }

  /**
   * Whether a non-blocking connect has succeeded. It calls the method below the hook in {@code
   * Net.pollConnectNow}.
   */
  public static boolean pollConnectNow(FileDescriptor fd) throws IOException {
    return Net.pollConnect(fd, 0);
  }

  /** Calls poll(2) on one descriptor for writability; 0 if the time is over or a signal came. */
  public static int pollOut(FileDescriptor fd, long millis) throws IOException {
    return Net.poll(fd, Net.POLLOUT, millis);
  }

  /** The platform's value of POLLOUT. */
  public static short pollOutEvent() {
    return Net.POLLOUT;
  }

  /**
   * Parks a virtual thread until the descriptor is writable, the time is over, or the thread is
   * unparked (JDK 21 and later).
   */
  public static void parkVirtual(FileDescriptor fd, long nanos, BooleanSupplier isOpen)
      throws IOException {
    Poller.poll(IOUtil.fdVal(fd), Net.POLLOUT, nanos, isOpen);
  }

  /**
   * Calls poll(2) on several descriptors. It looks them up by number at each call, so it sees that
   * another thread has pre-closed a descriptor, which no selector registration would.
   *
   * @param fds {@code count} structs pollfd in a direct buffer
   * @return how many are ready; 0 if the time is over; negative if a signal came
   */
  public static int poll(ByteBuffer fds, int count, int millis) throws IOException {
    return Native.poll().poll(((DirectBuffer) fds).address(), count, millis);
  }

  /**
   * A class of its own for what only a race needs, so that a program that never races does not load
   * it.
   */
  private static final class Native {
    /**
     * Null until it has been defined. No constant: whatever keeps it from being defined, such as a
     * lack of memory, may be over at the next race. Written under the lock of this class, under
     * which classes are loaded, as under that of a class's initialiser.
     */
    private static volatile HeNative poll;

    static HeNative poll() {
      HeNative made = poll;
      return made == null ? make() : made;
    }

    private static synchronized HeNative make() {
      if (poll == null) {
        poll = HeNative.beside(PollSelectorImpl.class, "HeNativePoll");
      }
      return poll;
    }
  }

  /** Takes a direct buffer from the JDK's own cache of this thread. */
  public static ByteBuffer borrowBuffer(int size) {
    return Util.getTemporaryDirectBuffer(size);
  }

  /** Returns the buffer to the cache. */
  public static void returnBuffer(ByteBuffer buffer) {
    Util.releaseTemporaryDirectBuffer(buffer);
  }

  /**
   * Sets O_NONBLOCK by fcntl(2). It is a flag of the open file description, so duplicates share it.
   */
  public static void configureBlocking(FileDescriptor fd, boolean block) throws IOException {
    IOUtil.configureBlocking(fd, block);
  }

  /**
   * Ends a pending connect, so that a thread that polls the descriptor sees a hang-up (on Linux
   * shutdown(2) makes it unconnected).
   */
  public static void endConnect(FileDescriptor fd) throws IOException {
    Net.shutdown(fd, Net.SHUT_RDWR);
    try {
      Net.pollConnect(fd, 0);
    } catch (IOException reset) {
      // The error of the connect that was ended. It is fetched here, because an asynchronous
      // channel would ask for it.
      return;
    }
  }

  /** The descriptor's number. */
  public static int number(FileDescriptor fd) {
    return IOUtil.fdVal(fd);
  }

  /**
   * Calls dup2(2): {@code onto} keeps its number and refers to what {@code from} refers to (Unix
   * only).
   */
  public static void dup2(FileDescriptor from, FileDescriptor onto) throws IOException {
    new DatagramDispatcher().dup(from, onto);
  }

  /** Loads the classes that {@link #openChannel} and {@link #dup2} need. */
  public static void loadForAdoption() {
    new DatagramDispatcher();
    DefaultSelectorProvider.get();
  }

  /** Calls getsockname(2). */
  public static InetSocketAddress localAddress(FileDescriptor fd) throws IOException {
    return Net.localAddress(fd);
  }

  /**
   * Opens a channel of the JDK's default provider, whatever provider the program has configured,
   * for the address families that the program's own descriptor can reach.
   */
  public static SocketChannel openChannel(boolean ipv4Only) throws IOException {
    SelectorProviderImpl provider = DefaultSelectorProvider.get();
    return ipv4Only
        ? provider.openSocketChannel(StandardProtocolFamily.INET)
        : provider.openSocketChannel();
  }

  /** Opens a selector for such channels. */
  public static Selector openSelector() throws IOException {
    return DefaultSelectorProvider.get().openSelector();
  }

  /** Whether this JDK has virtual threads. */
  static boolean hasVirtualThreads() {
    return Virtual.TYPE != null;
  }

  /** Whether the current thread is a virtual thread. */
  public static boolean isVirtualThread() {
    return Virtual.TYPE != null && Virtual.TYPE.isInstance(Thread.currentThread());
  }

  /**
   * Starts a virtual thread that inherits no thread locals: to copy them would call the program's
   * own {@code InheritableThreadLocal.childValue}. Called only after {@link #isVirtualThread} has
   * returned true.
   */
  public static void startVirtualThread(Runnable task) throws IOException {
    Virtual.threads().newThread(task).start();
  }

  private static final class Virtual {
    static final Class<?> TYPE = bootClass("java.lang.BaseVirtualThread");

    /** Null until the first such thread. Any thread writes it; each object is as good. */
    private static volatile ThreadFactory threads;

    static ThreadFactory threads() throws IOException {
      ThreadFactory made = threads;
      if (made == null) {
        made = make();
        threads = made;
      }
      return made;
    }

    /** By reflection, because JDK 17 has none of it. */
    private static ThreadFactory make() throws IOException {
      try {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Class<?> type = Class.forName("java.lang.Thread$Builder", false, null);
        builder =
            type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
        return (ThreadFactory) type.getMethod("factory").invoke(builder);
      } catch (ReflectiveOperationException e) {
        throw new IOException(e);
      }
    }
  }

  static Class<?> bootClass(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
