package io.heagent.engine.history;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A history on a virtual clock, with random numbers that the test chooses. Addresses are named by
 * single letters.
 */
final class Past {
  static final long MS = 1_000_000L;
  static final String HOST = "db.example";
  static final int PORT = 5432;

  /**
   * The next random numbers; when it is empty, the random number is 1, with which no connect
   * ignores history.
   */
  final Deque<Integer> dice = new ArrayDeque<>();

  int thrown;
  final ConnectHistory history;
  private long now = Long.MAX_VALUE - 5_000 * MS; // so that the clock overflows, as nanoTime may

  Past() {
    this(HistorySettings.DEFAULT);
  }

  Past(HistorySettings settings) {
    history =
        new ConnectHistory(
            settings,
            () -> now,
            bound -> {
              thrown++;
              return dice.isEmpty() ? 1 : dice.remove() % bound;
            });
  }

  void pass(long millis) {
    now += millis * MS;
  }

  /** An attempt that takes its time and succeeds first. */
  void wins(String name, long millis) {
    pass(millis);
    history.won(HOST, PORT, address(name), millis * MS);
  }

  /** An attempt that takes its time and fails. */
  void fails(String name, FailureKind kind, long millis) {
    pass(millis);
    history.failed(HOST, PORT, address(name), kind, millis * MS);
  }

  /** The order for addresses named by one letter each. */
  String order(String names) {
    List<InetAddress> wanted = new ArrayList<>();
    names.chars().forEach(c -> wanted.add(address(Character.toString(c))));
    StringBuilder text = new StringBuilder();
    for (InetAddress address : history.order(HOST, PORT, List.copyOf(wanted))) {
      text.append((char) address.getAddress()[address.getAddress().length - 1]);
    }
    return text.toString();
  }

  long delayMillis(String name) {
    return history.delay(HOST, PORT, address(name)) / MS;
  }

  AddressHistory find(String name) {
    return history.find(HOST, PORT, address(name));
  }

  /** Lower case is IPv6, upper case IPv4. */
  static InetAddress address(String name) {
    byte[] bytes = new byte[Character.isLowerCase(name.charAt(0)) ? 16 : 4];
    bytes[0] = 32;
    bytes[bytes.length - 1] = (byte) name.charAt(0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
