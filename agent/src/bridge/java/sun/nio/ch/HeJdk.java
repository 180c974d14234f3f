package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannel;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/**
 * Every use that the agent makes of JDK internals at run time, one method each. Defined into
 * java.base beside {@link HeHook}; {@code Requirements} checks each name and type below against the
 * running JDK before any of it is linked. All seen alike on JDK 17.0.15 to 25.0.3 unless said.
 */
public final class HeJdk {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  /**
   * Fields of {@code NioSocketImpl}; apart, so that one class that differs costs its own hooks
   * only.
   */
  private static final class OfSocket {
    static final long FD = offset(SocketImpl.class, "fd");
    static final long ADDRESS = offset(SocketImpl.class, "address");
    static final long LOCAL_PORT = offset(SocketImpl.class, "localport");
    static final long LOCK = offset(NioSocketImpl.class, "stateLock");
    static final long STATE = offset(NioSocketImpl.class, "state");
    static final long NON_BLOCKING = offset(NioSocketImpl.class, "nonBlocking");
  }

  /** Fields of {@code SocketChannelImpl}. */
  private static final class OfChannel {
    static final long LOCK = offset(SocketChannelImpl.class, "stateLock");
    static final long STATE = offset(SocketChannelImpl.class, "state");
    static final long FAMILY = offset(SocketChannelImpl.class, "family");
    static final long REMOTE = offset(SocketChannelImpl.class, "remoteAddress");
  }

  /** The values of NioSocketImpl's ST_CONNECTING and ST_CLOSING. Written once, before any hook. */
  private static volatile int socketConnecting;

  private static volatile int socketClosing;

  /** Fields of {@code AbstractSelectableChannel}. */
  private static final class OfSelectable {
    static final long KEYS = offset(AbstractSelectableChannel.class, "keys");
    static final long KEY_LOCK = offset(AbstractSelectableChannel.class, "keyLock");
  }

  /** Fields of {@code AsynchronousSocketChannelImpl} and its Unix subclass. */
  private static final class OfAsync {
    static final long PENDING_REMOTE =
        offset(UnixAsynchronousSocketChannelImpl.class, "pendingRemote");
    static final long PORT = offset(UnixAsynchronousSocketChannelImpl.class, "port");
    static final long UPDATE_LOCK = offset(UnixAsynchronousSocketChannelImpl.class, "updateLock");
    static final long CONNECT_PENDING =
        offset(UnixAsynchronousSocketChannelImpl.class, "connectPending");
  }

  /** SocketChannelImpl's ST_CONNECTIONPENDING. Written once, before any hook. */
  private static volatile int channelConnecting;

  private HeJdk() {}

  private static long offset(Class<?> owner, String field) {
    return UNSAFE.objectFieldOffset(owner, field);
  }

  /** Says what the running JDK calls connecting and closing, as {@code Requirements} read it. */
  public static void setStates(int connecting, int closing, int pending) {
    socketConnecting = connecting;
    socketClosing = closing;
    channelConnecting = pending;
  }

  // ---- descriptors

  /** {@code Net.connect}, the JDK's own: on a non-blocking descriptor 1 or IOStatus.UNAVAILABLE. */
  public static int connect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port)
      throws IOException {
    return Net.connect(family, fd, remote, port);
  }

  /** Whether a non-blocking connect is through; below the hook in {@code Net.pollConnectNow}. */
  public static boolean pollConnectNow(FileDescriptor fd) throws IOException {
    return Net.pollConnect(fd, 0);
  }

  /** poll(2) on one descriptor for writability; 0 when the time is over or a signal came. */
  public static int pollOut(FileDescriptor fd, long millis) throws IOException {
    return Net.poll(fd, Net.POLLOUT, millis);
  }

  /** The platform's POLLOUT. */
  public static short pollOutEvent() {
    return Net.POLLOUT;
  }

  /**
   * Parks a virtual thread until the descriptor is writable, the time is over or an unpark (21+).
   */
  public static void parkVirtual(FileDescriptor fd, long nanos, BooleanSupplier isOpen)
      throws IOException {
    Poller.poll(IOUtil.fdVal(fd), Net.POLLOUT, nanos, isOpen);
  }

  /**
   * poll(2) on several descriptors, by number and anew at each call: a descriptor that another
   * thread pre-closes is seen closed, which no selector registration would.
   *
   * @param fds {@code count} structs pollfd in a direct buffer
   * @return how many are ready; 0 when the time is over; negative when a signal came
   */
  public static int poll(ByteBuffer fds, int count, int millis) throws IOException {
    try {
      return (int) Native.POLL.invoke(null, ((DirectBuffer) fds).address(), count, millis);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException) {
        throw (IOException) e.getCause();
      }
      throw new IOException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IOException(e);
    }
  }

  /** Holds what only a race needs, so that a program that never races does not pay for it. */
  private static final class Native {
    static final Method POLL = poll();

    private static Method poll() {
      try {
        Method poll =
            PollSelectorImpl.class.getDeclaredMethod("poll", long.class, int.class, int.class);
        poll.setAccessible(true);
        return poll;
      } catch (NoSuchMethodException e) {
        throw new NoSuchMethodError(e.getMessage());
      }
    }
  }

  /** A direct buffer from the JDK's own cache of this thread. */
  public static ByteBuffer borrowBuffer(int size) {
    return Util.getTemporaryDirectBuffer(size);
  }

  /** Gives the buffer back. */
  public static void returnBuffer(ByteBuffer buffer) {
    Util.releaseTemporaryDirectBuffer(buffer);
  }

  /** fcntl O_NONBLOCK, a flag of the open file description: a duplicate shares it. */
  public static void configureBlocking(FileDescriptor fd, boolean block) throws IOException {
    IOUtil.configureBlocking(fd, block);
  }

  /**
   * Ends a connect that is pending: who polls the descriptor sees a hang-up (Linux: shutdown(2)
   * makes it unconnected).
   */
  public static void endConnect(FileDescriptor fd) throws IOException {
    Net.shutdown(fd, Net.SHUT_RDWR);
    try {
      Net.pollConnect(fd, 0);
    } catch (IOException reset) {
      // What was to be taken back: the system's word for it, which asynchronous channels ask for.
      return;
    }
  }

  /** The descriptor's number. */
  public static int number(FileDescriptor fd) {
    return IOUtil.fdVal(fd);
  }

  /** dup2(2): {@code onto} keeps its number and becomes what {@code from} is (Unix only). */
  public static void dup2(FileDescriptor from, FileDescriptor onto) throws IOException {
    new DatagramDispatcher().dup(from, onto);
  }

  /** getsockname(2). */
  public static InetSocketAddress localAddress(FileDescriptor fd) throws IOException {
    return Net.localAddress(fd);
  }

  /**
   * A channel of the JDK's default provider, whatever provider the program has configured, for the
   * address families that the program's own descriptor can reach.
   */
  public static SocketChannel openChannel(boolean ipv4Only) throws IOException {
    SelectorProviderImpl provider = DefaultSelectorProvider.get();
    return ipv4Only
        ? provider.openSocketChannel(StandardProtocolFamily.INET)
        : provider.openSocketChannel();
  }

  /** A selector for such channels. */
  public static Selector openSelector() throws IOException {
    return DefaultSelectorProvider.get().openSelector();
  }

  // ---- the objects that own descriptors: NioSocketImpl and SocketChannelImpl

  /** The descriptor object of a socket or channel. */
  public static FileDescriptor descriptor(Object impl) {
    if (impl instanceof SocketChannelImpl) {
      return ((SocketChannelImpl) impl).getFD();
    } else if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).fd;
    }
    // The cast: Unsafe would read whatever there is in any other object.
    return (FileDescriptor) UNSAFE.getReference((NioSocketImpl) impl, OfSocket.FD);
  }

  /** The lock under which the object changes state, closes its descriptor and sets options. */
  public static Object stateLock(Object impl) {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).stateLock;
    }
    return UNSAFE.getReference(impl, isChannel(impl) ? OfChannel.LOCK : OfSocket.LOCK);
  }

  /** Whether its connect is still under way: neither done nor closed. */
  public static boolean isConnecting(Object impl) {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).state
              == AsynchronousSocketChannelImpl.ST_PENDING
          && ((AsynchronousSocketChannelImpl) impl).isOpen();
    }
    return isChannel(impl)
        ? UNSAFE.getIntVolatile(impl, OfChannel.STATE) == channelConnecting
        : UNSAFE.getIntVolatile(impl, OfSocket.STATE) == socketConnecting;
  }

  /** Whether it is not closed, nor being closed. */
  public static boolean isOpen(Object impl) {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).isOpen();
    }
    return isChannel(impl)
        ? ((SocketChannelImpl) impl).isOpen()
        : UNSAFE.getIntVolatile(impl, OfSocket.STATE) < socketClosing;
  }

  /** Whether it was put into non-blocking mode by the JDK for a timed connect (sockets only). */
  public static boolean isNonBlocking(Object socketImpl) {
    return UNSAFE.getBooleanVolatile(socketImpl, OfSocket.NON_BLOCKING);
  }

  /** Writes the peer it is connected to. The caller holds {@link #stateLock}. */
  public static void setRemote(Object impl, InetSocketAddress remote) {
    if (isAsync(impl)) {
      // setConnected copies it to remoteAddress.
      UNSAFE.putReference(impl, OfAsync.PENDING_REMOTE, remote);
    } else if (isChannel(impl)) {
      UNSAFE.putReference(impl, OfChannel.REMOTE, remote);
    } else {
      UNSAFE.putReference(impl, OfSocket.ADDRESS, remote.getAddress());
    }
  }

  /** Whether its descriptor can reach IPv4 addresses only. */
  public static boolean isIpv4Only(Object impl) {
    return !Net.isIPv6Available()
        || (isChannel(impl)
            && UNSAFE.getReference(impl, OfChannel.FAMILY) == StandardProtocolFamily.INET);
  }

  /** Whether it has been bound by the program. */
  public static boolean isBound(Object impl) {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).localAddress != null;
    }
    return isChannel(impl)
        ? ((SocketChannelImpl) impl).localAddress() != null
        : UNSAFE.getInt(impl, OfSocket.LOCAL_PORT) != 0;
  }

  /** The options that can be read and set on it. */
  public static Set<SocketOption<?>> supportedOptions(Object impl) {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).supportedOptions();
    }
    return isChannel(impl)
        ? ((SocketChannelImpl) impl).supportedOptions()
        : ((NioSocketImpl) impl).supportedOptions();
  }

  /** One option's value. */
  public static <T> T option(Object impl, SocketOption<T> option) throws IOException {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).getOption(option);
    }
    return isChannel(impl)
        ? ((SocketChannelImpl) impl).getOption(option)
        : ((NioSocketImpl) impl).getOption(option);
  }

  /**
   * Keeps an asynchronous channel from being closed until {@link #releaseAsync}: its close takes a
   * lock of its own, not the stateLock.
   *
   * @throws java.nio.channels.ClosedChannelException if it is closed; there is nothing to release
   */
  public static void holdAsync(Object channel) throws IOException {
    AsynchronousSocketChannelImpl async = (AsynchronousSocketChannelImpl) channel;
    boolean held = false;
    try {
      async.begin();
      held = true;
    } finally {
      if (!held) {
        async.end();
      }
    }
  }

  /** Ends what {@link #holdAsync} began. */
  public static void releaseAsync(Object channel) {
    ((AsynchronousSocketChannelImpl) channel).end();
  }

  /**
   * Has the channel's group poll its descriptor once for the outcome of the connect. Where the JDK
   * has not yet come to that for the first time, it does so by itself.
   */
  public static void pollAsync(Object channel) {
    // The JDK's own lock for it: of two threads that both add the descriptor to epoll, one is
    // thrown an AssertionError, and that might be the program's.
    synchronized (UNSAFE.getReference(channel, OfAsync.UPDATE_LOCK)) {
      if (UNSAFE.getBoolean(channel, OfAsync.CONNECT_PENDING)) {
        Port port = (Port) UNSAFE.getReference(channel, OfAsync.PORT);
        port.startPoll(IOUtil.fdVal(descriptor(channel)), Net.POLLOUT);
      }
    }
  }

  /** The keys of a channel, in whatever selectors. */
  public static List<SelectionKey> keys(Object channel) {
    List<SelectionKey> found = new ArrayList<>();
    synchronized (UNSAFE.getReference(channel, OfSelectable.KEY_LOCK)) {
      SelectionKey[] keys = (SelectionKey[]) UNSAFE.getReference(channel, OfSelectable.KEYS);
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
   * Has the key's selector look at its interest again when it selects next.
   *
   * @return false if it never will, because another thread has closed it
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

  /** Whether it is an AsynchronousSocketChannel. */
  public static boolean isAsync(Object impl) {
    return impl instanceof AsynchronousChannel;
  }

  private static boolean isChannel(Object impl) {
    return impl instanceof SocketChannelImpl;
  }

  // ---- names

  /** The name an address was looked up by; null for literals and after a reverse look-up. */
  public static String originalHostName(InetAddress address) {
    return SharedSecrets.getJavaNetInetAddressAccess().getOriginalHostName(address);
  }

  /**
   * What the JDK's cache holds for a name and has not expired: nothing where it remembers that
   * there is no such name; null where it would look up.
   */
  public static InetAddress[] cachedAddresses(String host) {
    Object entry = Cache.MAP.get(host);
    if (!Cache.ENTRY.isInstance(entry)) {
      return null;
    }
    long expiry = UNSAFE.getLongVolatile(entry, Cache.EXPIRY);
    if (expiry != Cache.NEVER && expiry - System.nanoTime() < 0) {
      return null;
    }
    Object addresses = UNSAFE.getReferenceVolatile(entry, Cache.ADDRESSES);
    return addresses == null ? Cache.NONE : (InetAddress[]) addresses;
  }

  /** InetAddress's private cache: entries are CachedAddresses on 17, CachedLookup on 25. */
  static final class Cache {
    static final Class<?> ENTRY = entry();
    static final Map<String, Object> MAP = map();
    static final long ADDRESSES = offset(ENTRY, "inetAddresses");
    static final long EXPIRY = offset(ENTRY, "expiryTime");

    /** The expiry of what is kept for ever. */
    static final long NEVER = 0;

    static final InetAddress[] NONE = {};

    private static Class<?> entry() {
      Class<?> entry = bootClass("java.net.InetAddress$CachedLookup");
      return entry != null ? entry : bootClass("java.net.InetAddress$CachedAddresses");
    }

    @SuppressWarnings("unchecked") // Of entries, whose class cannot be named.
    private static Map<String, Object> map() {
      try {
        Field cache = InetAddress.class.getDeclaredField("cache");
        cache.setAccessible(true);
        return (Map<String, Object>) cache.get(null);
      } catch (ReflectiveOperationException e) {
        throw new NoSuchFieldError(e.getMessage());
      }
    }
  }

  // ---- virtual threads (21+)

  /** Whether the current thread is a virtual one. */
  public static boolean isVirtualThread() {
    return Virtual.TYPE != null && Virtual.TYPE.isInstance(Thread.currentThread());
  }

  /** Starts a virtual thread. Only where {@link #isVirtualThread} has said yes. */
  public static void startVirtualThread(Runnable task) throws IOException {
    try {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (ReflectiveOperationException e) {
      throw new IOException(e);
    }
  }

  private static final class Virtual {
    static final Class<?> TYPE = bootClass("java.lang.BaseVirtualThread");
  }

  static Class<?> bootClass(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
