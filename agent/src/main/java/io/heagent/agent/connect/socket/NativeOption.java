package io.heagent.agent.connect.socket;

import java.io.FileDescriptor;
import java.io.IOException;
import java.util.List;
import sun.nio.ch.HeOptions;

/**
 * Options that Java has no name for, or that native code may set past Java; no hook tells of that,
 * so each is asked for by number. The well-known ones of Linux that are one int and read as what
 * was set. Docs name them: {@code docs/how-it-works.md}.
 */
public enum NativeOption {
  SO_MARK(1, 36, Stage.ROUTE),
  /** What SO_BINDTODEVICE sets too, as a number. */
  SO_BINDTOIFINDEX(1, 62, Stage.ROUTE),
  IP_TOS(0, 1, Stage.SYN),
  IPV6_TCLASS(41, 67, Stage.SYN),
  /** After the two above: the kernel derives it from a TOS that is set. */
  SO_PRIORITY(1, 12, Stage.SYN),
  TCP_CORK(6, 3, Stage.CONNECTION),
  TCP_QUICKACK(6, 12, Stage.CONNECTION),
  TCP_USER_TIMEOUT(6, 18, Stage.CONNECTION),
  TCP_KEEPIDLE(6, 4, Stage.CONNECTION),
  TCP_KEEPINTVL(6, 5, Stage.CONNECTION),
  TCP_KEEPCNT(6, 6, Stage.CONNECTION),
  TCP_NOTSENT_LOWAT(6, 25, Stage.CONNECTION);

  /** When it has to be carried. */
  enum Stage {
    /** Before the SYN; without it the SYN must not be sent, as it may go where it should not. */
    ROUTE,
    /** Before the SYN. */
    SYN,
    /** Matters to a connection only: the winner gets it. */
    CONNECTION
  }

  /** The numbers are Linux's, the same on all its machines that there is a JDK for. */
  private static final List<NativeOption> ALL =
      JdkSystemCalls.IS_LINUX && HeOptions.isAvailable() ? List.of(values()) : List.of();

  /** Of the type of service, the system keeps two bits for itself. */
  static final int ECN = 3;

  final Stage stage;

  private final int level;
  private final int number;

  NativeOption(int level, int number, Stage stage) {
    this.level = level;
    this.number = number;
    this.stage = stage;
  }

  /** Those that can be read here, in the order in which they are to be set. */
  static List<NativeOption> all() {
    return ALL;
  }

  /** Whether it is one of these. */
  static boolean isKnown(int level, int number) {
    for (NativeOption option : ALL) {
      if (option.level == level && option.number == number) {
        return true;
      }
    }
    return false;
  }

  int get(FileDescriptor fd) throws IOException {
    int value = HeOptions.get(fd, level, number);
    return this == IP_TOS || this == IPV6_TCLASS ? value & ~ECN : value;
  }

  void set(FileDescriptor fd, int value) throws IOException {
    HeOptions.set(fd, level, number, value);
  }
}
