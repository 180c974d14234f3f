package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/**
 * Operations on a descriptor by number that bypass the object that owns it: options that Java has
 * no name for, a port that two descriptors share, a connect that is taken back. See {@link HeJdk};
 * {@link #isAvailable} and {@link #canDisconnect} tell what the JDK lacks.
 */
public final class HeOptions {

  /** Written once, before any hook is installed. */
  private static volatile boolean available;

  private HeOptions() {}

  /** Sets whether the running JDK has the members that {@code Requirements} looked for. */
  public static void setAvailable(boolean isAvailable) {
    available = isAvailable;
  }

  /** Whether options can be read and set by number. */
  public static boolean isAvailable() {
    return available && Native.net() != null;
  }

  /** Whether {@link #disconnect} can be called. */
  public static boolean canDisconnect() {
    return Disconnect.METHOD != null;
  }

  /** Calls getsockopt(2) for an int. */
  public static int get(FileDescriptor fd, int level, int name) throws IOException {
    return Native.net().getOption(fd, level, name);
  }

  /** Calls setsockopt(2) for an int. */
  public static void set(FileDescriptor fd, int level, int name, int value) throws IOException {
    Native.net().setOption(fd, level, name, value);
  }

  /** Calls bind(2). */
  public static void bind(FileDescriptor fd, boolean ipv4Only, InetAddress address, int port)
      throws IOException {
    ProtocolFamily family = ipv4Only ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    Net.bind(family, fd, address, port);
  }

  /**
   * Calls connect(2) with AF_UNSPEC, which takes back the connect of the descriptor, so that it can
   * be connected again (Linux). The descriptor loses a port that the system chose for it.
   */
  public static void disconnect(FileDescriptor fd, boolean ipv4Only) throws IOException {
    try {
      Disconnect.METHOD.invoke(null, fd, !ipv4Only);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException) {
        throw (IOException) e.getCause();
      }
      throw new IOException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IOException(e);
    }
    try {
      Net.pollConnect(fd, 0);
    } catch (IOException reset) {
      // The error of the connect that was taken back. It is fetched here, because the next connect
      // would report it.
      return;
    }
  }

  /**
   * Makes an unconnected descriptor of both families able to reach IPv6 again. After a connect to
   * an IPv4 address Linux keeps such a descriptor on IPv4, until a connect to an IPv4 address fails
   * at once, before any packet is sent. A connect to the broadcast address does that.
   */
  public static void forgetIpv4(FileDescriptor fd) throws IOException {
    byte[] broadcast = {-1, -1, -1, -1};
    try {
      Net.connect(StandardProtocolFamily.INET6, fd, InetAddress.getByAddress(broadcast), 9);
    } catch (IOException asItShould) {
      return;
    }
    disconnect(fd, false);
  }

  /** Defined when a race first needs it. */
  private static final class Native {
    /** Null until it has been defined, for the reason and under the lock that HeJdk gives. */
    private static volatile HeNative net;

    static HeNative net() {
      HeNative made = net;
      return made == null ? make() : made;
    }

    private static synchronized HeNative make() {
      if (net == null) {
        net = HeNative.beside(Net.class, "HeNativeNet");
      }
      return net;
    }
  }

  /**
   * A class of its own, because few races need it, and the JDK class that has the method loads many
   * others.
   */
  private static final class Disconnect {
    static final Method METHOD = find();

    private static Method find() {
      try {
        Method method =
            DatagramChannelImpl.class.getDeclaredMethod(
                "disconnect0", FileDescriptor.class, boolean.class);
        method.setAccessible(true);
        return method;
      } catch (NoSuchMethodException e) {
        return null;
      }
    }
  }
}
