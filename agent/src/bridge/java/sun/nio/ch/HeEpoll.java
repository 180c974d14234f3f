package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.util.Arrays;

/**
 * The uses of JDK internals that only races of Netty's channels make: operations on descriptors
 * that the JDK does not own, which are known by number. Defined when the first copy of Netty is
 * woven. See {@link HeJdk}; {@code Requirements.missingForNetty} checks the members before.
 */
public final class HeEpoll {

  /** The operations of {@code epoll_ctl(2)}. */
  public static final int ADD = EPoll.EPOLL_CTL_ADD;

  public static final int DELETE = EPoll.EPOLL_CTL_DEL;
  private static final int MODIFY = EPoll.EPOLL_CTL_MOD;

  /** See {@link #outcome}. */
  public static final int CONNECTED = Net.POLLOUT;

  /** What {@code epoll_ctl(2)} gives for a descriptor that is not registered. */
  private static final int ENOENT = 2;

  private HeEpoll() {}

  /** Defines {@code java.nio.channels.HeNetty}. */
  public static void defineHook(byte[] classFile) throws IllegalAccessException {
    MethodHandles.privateLookupIn(SelectableChannel.class, MethodHandles.lookup())
        .defineClass(classFile);
  }

  /** Makes a descriptor object for a number that other code owns. It must never be closed. */
  public static FileDescriptor descriptor(int number) {
    return IOUtil.newFD(number);
  }

  /** Whether the JDK's own sockets can reach IPv6. */
  public static boolean isIpv6Available() {
    return Net.isIPv6Available();
  }

  /** The value of one option, read as the JDK's channels read it. */
  @SuppressWarnings("unchecked") // What the JDK gives is of the option's type.
  public static <T> T option(FileDescriptor fd, boolean ipv4Only, SocketOption<T> option)
      throws IOException {
    if (option != StandardSocketOptions.IP_TOS) {
      return (T) Net.getSocketOption(fd, Net.UNSPEC, option);
    }
    ProtocolFamily family = ipv4Only ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    return (T) Net.getSocketOption(fd, family, option);
  }

  /**
   * What poll(2) says of a descriptor that connects, without a wait: 0 if the connect has no
   * outcome yet; {@link #CONNECTED} if it has succeeded; anything else if it may have failed. On
   * Linux a connect that has failed is hung up (tcp_poll).
   */
  public static int outcome(FileDescriptor fd) throws IOException {
    return Net.poll(fd, Net.POLLOUT, 0);
  }

  /** Calls {@code epoll_ctl(2)}. */
  public static void control(int epoll, int operation, int number, int events) throws IOException {
    check(EPoll.ctl(epoll, operation, number, events));
  }

  /**
   * Changes the events for which a descriptor is registered.
   *
   * @return false if it is not registered
   */
  public static boolean modify(int epoll, int number, int events) throws IOException {
    int errno = EPoll.ctl(epoll, MODIFY, number, events);
    if (errno != ENOENT) {
      check(errno);
    }
    return errno == 0;
  }

  private static void check(int errno) throws IOException {
    if (errno != 0) {
      throw new IOException("epoll_ctl gave errno ".concat(Integer.toString(errno)));
    }
  }

  /** Finds a method of the program and makes it accessible, whatever its module opens. */
  public static Method method(Class<?> owner, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = owner.getMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  /** Finds a method that this class or a superclass declares, even if it is not public. */
  public static Method declaredMethod(Class<?> owner, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && Arrays.equals(method.getParameterTypes(), parameters)) {
          method.setAccessible(true);
          return method;
        }
      }
    }
    throw new NoSuchMethodException(name);
  }

  /** Finds a field that this class or a superclass declares, even if it is not public. */
  public static Field declaredField(Class<?> owner, String name) throws NoSuchFieldException {
    for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }
}
