package io.heagent.agent.connect.socket;

import java.io.FileDescriptor;
import java.io.IOException;
import java.util.List;
import sun.nio.ch.HeOptions;

/**
 * Options that Java has no name for, or that native code may set without Java. No hook sees that,
 * so a race reads each of them by number. These are the well-known options of Linux that hold one
 * int and read back as they were set. {@code docs/how-it-works.md} names them.
 */
public enum NativeOption {
  SO_MARK(1, 36, Stage.ROUTE),
  /** The interface index, which SO_BINDTODEVICE sets too. */
  SO_BINDTOIFINDEX(1, 62, Stage.ROUTE),
  IP_TOS(0, 1, Stage.SYN),
  IPV6_TCLASS(41, 67, Stage.SYN),
  /**
   * Comes after SO_MARK and IP_TOS, because the kernel derives the priority from an IP_TOS that is
   * set.
   */
  SO_PRIORITY(1, 12, Stage.SYN),
  TCP_CORK(6, 3, Stage.CONNECTION),
  TCP_QUICKACK(6, 12, Stage.CONNECTION),
  TCP_USER_TIMEOUT(6, 18, Stage.CONNECTION),
  TCP_KEEPIDLE(6, 4, Stage.CONNECTION),
  TCP_KEEPINTVL(6, 5, Stage.CONNECTION),
  TCP_KEEPCNT(6, 6, Stage.CONNECTION),
  TCP_NOTSENT_LOWAT(6, 25, Stage.CONNECTION);

  /** When an option has to be carried. */
  enum Stage {
    /**
     * Before the SYN. If it cannot be set, no SYN may be sent, because the SYN might take a route
     * that it must not take.
     */
    ROUTE,
    /** Before the SYN. If it cannot be set, the SYN is sent all the same. */
    SYN,
    /** The option affects an established connection only, so only the winner gets it. */
    CONNECTION
  }

  /** The numbers are those of Linux; they are the same on every architecture that has a JDK. */
  private static final List<NativeOption> ALL =
      JdkSystemCalls.IS_LINUX ? List.of(values()) : List.of();

  /** The two ECN bits of the type of service, which the kernel sets by itself. */
  static final int ECN = 3;

  final Stage stage;

  private final int level;
  private final int number;

  NativeOption(int level, int number, Stage stage) {
    this.level = level;
    this.number = number;
    this.stage = stage;
  }

  /**
   * The options that can be read on this system, in the order in which they must be set. It is
   * asked each time whether options can be read, because what a lack of memory has kept away may
   * come.
   */
  static List<NativeOption> all() {
    return HeOptions.isAvailable() ? ALL : List.of();
  }

  /** Whether this level and number are one of these options. */
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
