package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketOptions;
import java.net.StandardProtocolFamily;
import java.nio.channels.AsynchronousChannel;

/**
 * The JDK's objects that own a descriptor: {@code NioSocketImpl}, {@code SocketChannelImpl} and
 * {@code UnixAsynchronousSocketChannelImpl}. Here each is an {@code Object}; these methods are all
 * that the agent reads and writes of them. See {@link HeJdk}.
 */
public final class HeSocket {

  /**
   * Fields of {@code NioSocketImpl}. A class of its own, so that a JDK in which that class differs
   * loses only the hooks of that class.
   */
  private static final class OfSocket {
    static final long FD = HeJdk.offset(SocketImpl.class, "fd");
    static final long ADDRESS = HeJdk.offset(SocketImpl.class, "address");
    static final long LOCAL_PORT = HeJdk.offset(SocketImpl.class, "localport");
    static final long LOCK = HeJdk.offset(NioSocketImpl.class, "stateLock");
    static final long STATE = HeJdk.offset(NioSocketImpl.class, "state");
    static final long NON_BLOCKING = HeJdk.offset(NioSocketImpl.class, "nonBlocking");
  }

  /** Fields of {@code SocketChannelImpl}. */
  private static final class OfChannel {
    static final long LOCK = HeJdk.offset(SocketChannelImpl.class, "stateLock");
    static final long STATE = HeJdk.offset(SocketChannelImpl.class, "state");
    static final long FAMILY = HeJdk.offset(SocketChannelImpl.class, "family");
    static final long REMOTE = HeJdk.offset(SocketChannelImpl.class, "remoteAddress");
  }

  /** The field that JDKs with virtual threads have. */
  private static final class OfVirtual {
    static final long FORCED = HeJdk.offset(SocketChannelImpl.class, "forcedNonBlocking");
  }

  /**
   * The values of ST_CONNECTING and ST_CLOSING of NioSocketImpl. Written once, before any hook is
   * used.
   */
  private static volatile int socketConnecting;

  private static volatile int socketClosing;

  /**
   * The value of ST_CONNECTIONPENDING of SocketChannelImpl. Written once, before any hook is used.
   */
  private static volatile int channelConnecting;

  private HeSocket() {}

  /** Sets the values of these states in the running JDK, which {@code Requirements} has read. */
  public static void setStates(int connecting, int closing, int pending) {
    socketConnecting = connecting;
    socketClosing = closing;
    channelConnecting = pending;
  }

  /** The descriptor object of a socket or channel. */
  public static FileDescriptor descriptor(Object impl) {
    if (impl instanceof SocketChannelImpl) {
      return ((SocketChannelImpl) impl).getFD();
    } else if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).fd;
    }
    // The cast makes sure of the class, because Unsafe would read from any other object too.
    return (FileDescriptor) HeJdk.UNSAFE.getReference((NioSocketImpl) impl, OfSocket.FD);
  }

  /** The lock under which the object changes its state, closes its descriptor and sets options. */
  public static Object stateLock(Object impl) {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).stateLock;
    }
    return HeJdk.UNSAFE.getReference(impl, isChannel(impl) ? OfChannel.LOCK : OfSocket.LOCK);
  }

  /** Whether the connect is still under way: it has no outcome, and the object is open. */
  public static boolean isConnecting(Object impl) {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).state
              == AsynchronousSocketChannelImpl.ST_PENDING
          && ((AsynchronousSocketChannelImpl) impl).isOpen();
    }
    return isChannel(impl)
        ? HeJdk.UNSAFE.getIntVolatile(impl, OfChannel.STATE) == channelConnecting
        : HeJdk.UNSAFE.getIntVolatile(impl, OfSocket.STATE) == socketConnecting;
  }

  /** Whether the object is neither closed nor being closed. */
  public static boolean isOpen(Object impl) {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).isOpen();
    }
    return isChannel(impl)
        ? ((SocketChannelImpl) impl).isOpen()
        : HeJdk.UNSAFE.getIntVolatile(impl, OfSocket.STATE) < socketClosing;
  }

  /**
   * Whether the JDK has put the socket into non-blocking mode for a timed connect (sockets only).
   */
  public static boolean isNonBlocking(Object socketImpl) {
    return HeJdk.UNSAFE.getBooleanVolatile(socketImpl, OfSocket.NON_BLOCKING);
  }

  /**
   * Whether the JDK keeps the channel's descriptor non-blocking whatever the program configures,
   * because a virtual thread has used it.
   */
  public static boolean isForcedNonBlocking(Object channel) {
    return HeJdk.hasVirtualThreads()
        && HeJdk.UNSAFE.getBooleanVolatile((SocketChannelImpl) channel, OfVirtual.FORCED);
  }

  /** Sets the remote address. The caller holds {@link #stateLock}. */
  public static void setRemote(Object impl, InetSocketAddress remote) {
    if (isAsync(impl)) {
      // setConnected copies it to remoteAddress.
      HeJdk.UNSAFE.putReference(impl, HeAsync.PENDING_REMOTE, remote);
    } else if (isChannel(impl)) {
      HeJdk.UNSAFE.putReference(impl, OfChannel.REMOTE, remote);
    } else {
      setRemote(impl, remote.getAddress());
    }
  }

  /**
   * Sets the remote address of a socket, which keeps no port here. The caller holds {@link
   * #stateLock}.
   */
  public static void setRemote(Object socketImpl, InetAddress remote) {
    // The cast makes sure of the class, as above.
    HeJdk.UNSAFE.putReference((NioSocketImpl) socketImpl, OfSocket.ADDRESS, remote);
  }

  /** Whether the descriptor can reach IPv4 addresses only. */
  public static boolean isIpv4Only(Object impl) {
    return !Net.isIPv6Available()
        || (isChannel(impl)
            && HeJdk.UNSAFE.getReference(impl, OfChannel.FAMILY) == StandardProtocolFamily.INET);
  }

  /** Whether the program has bound the object. */
  public static boolean isBound(Object impl) {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).localAddress != null;
    }
    return isChannel(impl)
        ? ((SocketChannelImpl) impl).localAddress() != null
        : HeJdk.UNSAFE.getInt(impl, OfSocket.LOCAL_PORT) != 0;
  }

  /**
   * The value of one option.
   *
   * @throws UnsupportedOperationException if objects of this class do not have the option
   */
  @SuppressWarnings("unchecked") // That option is a Boolean.
  public static <T> T option(Object impl, SocketOption<T> option) throws IOException {
    if (isAsync(impl)) {
      return ((AsynchronousSocketChannelImpl) impl).getOption(option);
    } else if (!isChannel(impl) && option.name().equals("SO_OOBINLINE")) {
      // A socket can be given this option, but knows it by its number only.
      return (T) ((NioSocketImpl) impl).getOption(SocketOptions.SO_OOBINLINE);
    }
    return isChannel(impl)
        ? ((SocketChannelImpl) impl).getOption(option)
        : ((NioSocketImpl) impl).getOption(option);
  }

  /** Whether the object is an AsynchronousSocketChannel. */
  public static boolean isAsync(Object impl) {
    return impl instanceof AsynchronousChannel;
  }

  private static boolean isChannel(Object impl) {
    return impl instanceof SocketChannelImpl;
  }
}
