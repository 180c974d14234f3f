package io.heagent.it.options;

import java.io.IOException;
import java.net.SocketException;

/** Options of Linux, by number, and the value that a probe gives them. */
public enum RawOption {
  /** Only a privileged process may set it. */
  SO_MARK(1, 36, 77),
  SO_PRIORITY(1, 12, 4),
  /** The loopback interface. */
  SO_BINDTOIFINDEX(1, 62, 1),
  IP_TOS(0, 1, 0x08),
  IPV6_TCLASS(41, 67, 0x20),
  TCP_USER_TIMEOUT(6, 18, 12_345),
  TCP_KEEPIDLE(6, 4, 111),
  TCP_KEEPINTVL(6, 5, 22),
  TCP_KEEPCNT(6, 6, 3),
  TCP_NOTSENT_LOWAT(6, 25, 16_384);

  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVBUFFORCE = 33;

  private final int level;
  private final int number;
  private final int value;

  RawOption(int level, int number, int value) {
    this.level = level;
    this.number = number;
    this.value = value;
  }

  /** Gives it its value, where this process may. */
  void set(RawSocket socket) throws IOException {
    set(socket, level, number, value);
  }

  /** A buffer larger than a program without privileges may have; false if this is one. */
  static boolean force(RawSocket socket, int bytes) throws IOException {
    return set(socket, SOL_SOCKET, SO_RCVBUFFORCE, bytes);
  }

  static int buffer(RawSocket socket) throws IOException {
    return (Integer)
        JdkInside.callNet("getIntOption0", socket.descriptor(), false, SOL_SOCKET, SO_RCVBUF);
  }

  private static boolean set(RawSocket socket, int level, int number, int value)
      throws IOException {
    try {
      JdkInside.callNet("setIntOption0", socket.descriptor(), false, level, number, value, false);
      return true;
    } catch (SocketException notAllowed) {
      return false;
    }
  }

  /** Its value; empty where there is none. */
  String get(RawSocket socket) {
    try {
      return String.valueOf(
          JdkInside.callNet("getIntOption0", socket.descriptor(), false, level, number));
    } catch (IOException missing) {
      return "";
    }
  }
}
