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
 * name for, a port that two descriptors share, a connect that is taken back. See {@link HeJdk};
 * what is missing is said by {@link #isAvailable} and {@link #canDisconnect}.
 */
public final class HeOptions {

  /** Written once, before any hook. */
  private static volatile boolean available;

  private HeOptions() {}

  /** Says whether the running JDK has what {@code Requirements} looked for. */
  public static void setAvailable(boolean isAvailable) {
    available = isAvailable;
  }

  /** Whether options can be read and set by number. */
  public static boolean isAvailable() {
    return available && Native.NET != null;
  }

  /** Whether {@link #disconnect} can be tried. */
  public static boolean canDisconnect() {
    return Disconnect.METHOD != null;
  }

  /** getsockopt(2) of an int. */
  public static int get(FileDescriptor fd, int level, int name) throws IOException {
    return Native.NET.getOption(fd, level, name);
  }

  /** setsockopt(2) of an int. */
  public static void set(FileDescriptor fd, int level, int name, int value) throws IOException {
    Native.NET.setOption(fd, level, name, value);
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

  /** Defined when a race first needs it. */
  private static final class Native {
    static final HeNative NET = HeNative.beside(Net.class, "HeNativeNet");
  }

  /** Apart, as few races need it: the class it is found in brings many others along. */
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
