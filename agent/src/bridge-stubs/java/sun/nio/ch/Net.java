package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketOption;

/**
 * Compile-time shape of a JDK class: what the bridge uses of it, with the private methods that a
 * nestmate calls. Never packaged.
 */
public class Net {
  static final int SHUT_RDWR = 2;

  // No constants: each JDK has the platform's.
  static final short POLLOUT = stub();
  static final short POLLERR = stub();
  static final short POLLHUP = stub();

  private Net() {}

  private static short stub() {
    throw new AssertionError("a stub");
  }

  static int getIntOption0(FileDescriptor fd, boolean mayNeedConversion, int level, int opt)
      throws IOException {
    return stub();
  }

  static void setIntOption0(
      FileDescriptor fd, boolean mayNeedConversion, int level, int opt, int arg, boolean isIPv6)
      throws IOException {
    stub();
  }

  static final ProtocolFamily UNSPEC = null;

  static boolean isIPv6Available() {
    return stub() == 0;
  }

  static int connect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int remotePort)
      throws IOException {
    return stub();
  }

  static void bind(ProtocolFamily family, FileDescriptor fd, InetAddress addr, int port)
      throws IOException {
    stub();
  }

  static InetSocketAddress localAddress(FileDescriptor fd) throws IOException {
    throw new AssertionError("a stub");
  }

  static int poll(FileDescriptor fd, int events, long timeout) throws IOException {
    return stub();
  }

  static boolean pollConnect(FileDescriptor fd, long timeout) throws IOException {
    return stub() == 0;
  }

  static void shutdown(FileDescriptor fd, int how) throws IOException {
    stub();
  }

  static Object getSocketOption(FileDescriptor fd, ProtocolFamily family, SocketOption<?> name)
      throws IOException {
    throw new AssertionError("a stub");
  }
}
