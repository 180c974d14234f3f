package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import sun.nio.ch.HeSocket;

/**
 * Carries the options of the program's socket over to a fallback socket. It sets only what differs
 * from a new socket, because to set a buffer size switches off the kernel's tuning of that buffer,
 * even if the value stays the same. It reads each option back, because the kernel caps some values.
 * It remembers an option that could not be carried: such a fallback socket must not become the
 * program's. Only the owner of its attempt uses it.
 */
public final class OptionTransfer {

  /** Options that have no effect before there is a connection, so that only a winner needs them. */
  private static final Set<String> OF_CONNECTIONS =
      Set.of(
          "SO_KEEPALIVE",
          "SO_LINGER",
          "SO_OOBINLINE",
          "TCP_KEEPCOUNT",
          "TCP_KEEPIDLE",
          "TCP_KEEPINTERVAL",
          "TCP_NODELAY");

  private final ProgramSocket from;
  private final SocketChannel to;
  private final OptionDefaults.Values defaults;

  /**
   * Whether the program's socket dials an address of one interface. Then the system has bound it to
   * that interface, and siblings need not be bound to it.
   */
  private final boolean scoped;

  /** The values that the program's socket had when they were last carried. */
  private final Map<SocketOption<?>, Object> seen = new HashMap<>(4);

  private final Map<NativeOption, Integer> nativesSeen = new EnumMap<>(NativeOption.class);

  /** Null until some socket of this JVM was given an option by its number. */
  private OptionsInUse.ByNumber raw;

  /** The first option that could not be carried; null for none. */
  private String lost;

  /**
   * Prepares to carry the options of the program's socket.
   *
   * @param to a new socket, of which no option has been changed
   * @param defaults the option values of such a new socket
   * @param scoped whether the program's socket dials an address of one interface
   */
  public OptionTransfer(
      ProgramSocket from, SocketChannel to, OptionDefaults.Values defaults, boolean scoped) {
    this.from = from;
    this.to = to;
    this.scoped = scoped;
    this.defaults = defaults;
  }

  /**
   * Sets the options that take effect before or with the SYN, such as buffer sizes.
   *
   * @throws IOException if an option without which no SYN may be sent could not be set
   */
  void carryBeforeConnect() throws IOException {
    for (SocketOption<?> option : defaults.given()) {
      if (!OF_CONNECTIONS.contains(option.name())) {
        carry(option);
      }
    }
    FileDescriptor own = from.descriptor();
    for (NativeOption option : NativeOption.all()) {
      if (option.stage != NativeOption.Stage.CONNECTION
          && !carry(option, own)
          && option.stage == NativeOption.Stage.ROUTE) {
        throw new IOException(option + " of the program's socket cannot be given to another");
      }
    }
    carryRaw(own);
  }

  /** Carries the options that a library has set by number. */
  private void carryRaw(FileDescriptor own) {
    if (!OptionsInUse.isAnyByNumber()) {
      return;
    }
    if (raw == null) {
      raw = new OptionsInUse.ByNumber();
    }
    String missing = raw.carry(own, HeSocket.descriptor(to));
    if (missing != null) {
      note(false, missing);
    }
  }

  /**
   * Sets the options that only a connection needs, and those that the program has changed since the
   * fallback socket was made. It sets nothing else: the kernel has tuned the buffers of an
   * established connection, so their sizes differ from those of a new socket.
   *
   * @return the option that could not be carried, now or before; null if all could
   */
  public String carryChanged() {
    for (SocketOption<?> option : defaults.given()) {
      carry(option);
    }
    FileDescriptor own = from.descriptor();
    for (NativeOption option : NativeOption.all()) {
      carry(option, own);
    }
    carryRaw(own);
    return lost;
  }

  private <T> void carry(SocketOption<T> option) {
    T value;
    try {
      value = from.option(option);
    } catch (IOException | UnsupportedOperationException e) {
      // The program has closed its socket; or sockets of this kind lack the option, so that it was
      // never set.
      Faults.ignored(e);
      return;
    }
    Object old = seen.getOrDefault(option, defaults.of(option));
    if (value == null || value.equals(old)) {
      return;
    }
    try {
      to.setOption(option, value);
      note(isSame(option, value, to.getOption(option)), option.name());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      Faults.ignored(e);
      note(false, option.name());
    }
    seen.put(option, value);
  }

  private static boolean isSame(SocketOption<?> option, Object value, Object carried) {
    if (option == StandardSocketOptions.IP_TOS && carried instanceof Integer tos) {
      return (tos & ~NativeOption.ECN) == ((Integer) value & ~NativeOption.ECN);
    }
    return value.equals(carried);
  }

  /** Returns false if the fallback socket could not be given the program's value. */
  private boolean carry(NativeOption option, FileDescriptor own) {
    Integer old = nativesSeen.getOrDefault(option, defaults.of(option));
    if (old == null || (scoped && option == NativeOption.SO_BINDTOIFINDEX)) {
      return true;
    }
    int value;
    try {
      value = option.get(own);
    } catch (IOException closedMeanwhile) {
      Faults.ignored(closedMeanwhile);
      return true;
    }
    // When a type of service was carried, the kernel may have changed the priority along with it.
    boolean derived =
        option == NativeOption.SO_PRIORITY && !(seen.isEmpty() && nativesSeen.isEmpty());
    if (value == old && !derived) {
      return true;
    }
    nativesSeen.put(option, value);
    FileDescriptor fd = HeSocket.descriptor(to);
    try {
      if (option.get(fd) == value) {
        // The option was set along with another one, or by its name in Java.
        return true;
      }
      option.set(fd, value);
      return note(option.get(fd) == value, option.name());
    } catch (IOException e) {
      Faults.ignored(e);
      return note(false, option.name());
    }
  }

  private boolean note(boolean carried, String name) {
    if (!carried && lost == null) {
      lost = name;
    }
    return carried;
  }
}
