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
 * Carries the options of the program's socket over to a side channel. Only what differs from a new
 * socket's: setting a buffer size to the value it has switches off the kernel's tuning of it. Each
 * is read back, since the kernel cuts some values to what it allows. What could not be carried is
 * remembered: such a channel must not become the program's. Confined as its attempt.
 */
public final class OptionTransfer {

  /** Change nothing before there is a connection, so most side channels need never have them. */
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

  /** Then the system itself has bound it to that interface, which says nothing for another. */
  private final boolean scoped;

  /** What the program's socket had when this was made. */
  private final Map<SocketOption<?>, Object> seen = new HashMap<>(4);

  private final Map<NativeOption, Integer> nativesSeen = new EnumMap<>(NativeOption.class);

  /** Null until some socket of this JVM was given an option by its number. */
  private OptionsInUse.ByNumber raw;

  /** The first one that could not be carried; null for none. */
  private String lost;

  /**
   * From the program's socket.
   *
   * @param to new, of nothing changed
   * @param defaults of such a socket
   * @param scoped whether the program's socket is dialled to an address of one interface
   */
  public OptionTransfer(
      ProgramSocket from, SocketChannel to, OptionDefaults.Values defaults, boolean scoped) {
    this.from = from;
    this.to = to;
    this.scoped = scoped;
    this.defaults = defaults;
  }

  /**
   * Sets what counts before the SYN, such as buffer sizes.
   *
   * @throws IOException if no SYN may be sent without one that could not be set
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

  /** Those that a library has set by number. */
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
   * Sets what matters to a connection only, and what the program has changed since. Nothing else:
   * of a connection that is through the kernel has tuned the buffers, so there they differ from an
   * unconnected socket's.
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
      // Closed meanwhile; or not an option of this kind of socket, so that it was never set.
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

  /** False if the side has it not as the program has. */
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
    // A type of service that was carried may have changed the priority along with it.
    boolean derived =
        option == NativeOption.SO_PRIORITY && !(seen.isEmpty() && nativesSeen.isEmpty());
    if (value == old && !derived) {
      return true;
    }
    nativesSeen.put(option, value);
    FileDescriptor fd = HeSocket.descriptor(to);
    try {
      if (option.get(fd) == value) {
        // Set along with another one, or by Java's name.
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
