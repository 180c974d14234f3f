package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/**
 * What is done to a descriptor by number, past the objects that own it: options that Java has no
 * name for, a port that two descriptors share, a connect that is taken back. See {@link HeJdk}; the
 * methods that are private there are found by reflection, and what is missing is said by {@link
 * #isAvailable} and {@link #canDisconnect}.
 */
public final class HeOptions {

  private HeOptions() {}

  /** Whether options can be read and set by number. */
  public static boolean isAvailable() {
    return Native.GET != null && Native.SET != null;
  }

  /** Whether {@link #disconnect} can be tried. */
  public static boolean canDisconnect() {
    return Native.DISCONNECT != null;
  }

  /** getsockopt(2) of an int. */
  public static int get(FileDescriptor fd, int level, int name) throws IOException {
    return (Integer) invoke(Native.GET, fd, false, level, name);
  }

  /** setsockopt(2) of an int. */
  public static void set(FileDescriptor fd, int level, int name, int value) throws IOException {
    invoke(Native.SET, fd, false, level, name, value, false);
  }

  /** bind(2). */
  public static void bind(FileDescriptor fd, boolean ipv4Only, InetAddress address, int port)
      throws IOException {
    ProtocolFamily family = ipv4Only ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    Net.bind(family, fd, address, port);
  }

  /**
   * connect(2) with AF_UNSPEC: whatever was begun on the descriptor is taken back, and it can be
   * connected again (Linux). A port that the system chose for it is its own no more.
   */
  public static void disconnect(FileDescriptor fd, boolean ipv4Only) throws IOException {
    invoke(Native.DISCONNECT, fd, !ipv4Only);
    try {
      Net.pollConnect(fd, 0);
    } catch (IOException reset) {
      // What was to be taken back: the next connect would be told of the one before.
      return;
    }
  }

  /**
   * Makes a descriptor of both families, unconnected, fit for IPv6 again. Linux has one that was
   * dialled to an IPv4 address send IPv4 for good, unless such a dial fails at once, before any
   * packet, as one to the broadcast address does.
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

  private static Object invoke(Method method, Object... arguments) throws IOException {
    try {
      return method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException) {
        throw (IOException) e.getCause();
      }
      throw new IOException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IOException(e);
    }
  }

  /** Found when a race first needs them. */
  private static final class Native {
    static final Method GET =
        find(Net.class, "getIntOption0", FileDescriptor.class, boolean.class, int.class, int.class);
    static final Method SET =
        find(
            Net.class,
            "setIntOption0",
            FileDescriptor.class,
            boolean.class,
            int.class,
            int.class,
            int.class,
            boolean.class);
    static final Method DISCONNECT =
        find(DatagramChannelImpl.class, "disconnect0", FileDescriptor.class, boolean.class);

    private static Method find(Class<?> owner, String name, Class<?>... types) {
      try {
        Method method = owner.getDeclaredMethod(name, types);
        method.setAccessible(true);
        return method;
      } catch (NoSuchMethodException e) {
        return null;
      }
    }
  }
}
