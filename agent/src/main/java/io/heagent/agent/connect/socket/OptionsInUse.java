package io.heagent.agent.connect.socket;

import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import sun.nio.ch.HeOptions;

/**
 * The options that any socket of this JVM has ever been given. All other options have their default
 * value, so a race need not read them: each would cost a system call, two dozen in a race, and most
 * programs set none or two options. Any thread.
 */
public final class OptionsInUse {

  /**
   * Whether any socket of this JVM was given an option by its number. In nearly every JVM none was,
   * and then {@link ByNumber}, which carries such options, is not loaded. Written by any thread
   * that sets such an option.
   */
  private static volatile boolean numbered;

  /**
   * The options that some socket was given. Null if no hook tells this object about them; then any
   * option may have been set. Written once, before any race.
   */
  private volatile Set<SocketOption<?>> given;

  /**
   * Called when {@link #add} will be told of each option from now on, and no socket has been given
   * one before.
   */
  public void begin() {
    given = ConcurrentHashMap.newKeySet();
  }

  /** Called when an option of some socket is about to be set. */
  public void add(SocketOption<?> option) {
    Set<SocketOption<?>> all = given;
    // contains takes no lock, unlike add, and it answers true for every call but an option's first.
    if (all != null && !all.contains(option)) {
      all.add(option);
    }
  }

  /** Called when some socket of this JVM is given an option by level and number. Any thread. */
  public static void addByNumber(int level, int number, boolean isInt) {
    ByNumber.add(level, number, isInt);
    numbered = true;
  }

  /** Whether {@link ByNumber} has anything to carry. */
  static boolean isAnyByNumber() {
    return numbered;
  }

  /** The options of a channel whose values may differ from the defaults. */
  Set<SocketOption<?>> among(SocketChannel channel) {
    Set<SocketOption<?>> all = given;
    if (all == null) {
      return channel.supportedOptions();
    } else if (all.isEmpty()) {
      // The channel is not asked which options it supports, because a JVM's first race would load
      // the classes of all of them.
      return Set.of();
    }
    Set<SocketOption<?>> both = new HashSet<>(all);
    both.retainAll(channel.supportedOptions());
    return both;
  }

  /**
   * The options that a library has set by level and number, and that have no name in this class or
   * in Java. The list is kept for the whole JVM; whether one socket has a value other than a new
   * socket's is seen by reading the option. Only the owner of its attempt uses an instance; any
   * thread uses the list.
   */
  static final class ByNumber {

    /** More options than any program sets. Options beyond this number are not carried. */
    private static final int LIMIT = 64;

    /**
     * One option.
     *
     * @param isInt whether the library has set it as one int, so that it can be set here too
     */
    private record Raw(int level, int number, boolean isInt) {

      /** The value, or its first four bytes; null if the system does not tell the value. */
      Integer of(FileDescriptor fd) {
        try {
          return HeOptions.get(fd, level, number);
        } catch (IOException cannotBeRead) {
          Faults.ignored(cannotBeRead);
          return null;
        }
      }

      @Override
      public String toString() {
        return "the option " + number + " of level " + level;
      }
    }

    /** Written by any thread that sets an option by number. */
    private static final List<Raw> SET = new CopyOnWriteArrayList<>();

    /** The values that the program's socket had when they were last read. */
    private final Map<Raw, Integer> seen = new HashMap<>(0);

    private static void add(int level, int number, boolean isInt) {
      Raw raw = new Raw(level, number, isInt);
      if (SET.size() < LIMIT && !SET.contains(raw) && !NativeOption.isKnown(level, number)) {
        SET.add(raw);
      }
    }

    /**
     * Gives a fallback socket the options in which the program's socket differs from a new one.
     *
     * @return an option that the fallback socket cannot be given; null for none
     */
    String carry(FileDescriptor own, FileDescriptor side) {
      String lost = null;
      for (Raw raw : SET) {
        Integer value = raw.of(own);
        boolean isFirst = !seen.containsKey(raw);
        Integer before = isFirst ? raw.of(side) : seen.get(raw);
        seen.put(raw, value);
        boolean same = Objects.equals(value, before) && (value != null || !isFirst);
        if (!same && !isGiven(raw, value, side)) {
          lost = raw.toString();
        }
      }
      return lost;
    }

    private static boolean isGiven(Raw raw, Integer value, FileDescriptor side) {
      if (value == null || !raw.isInt) {
        return false;
      }
      try {
        HeOptions.set(side, raw.level, raw.number, value);
        return value.equals(raw.of(side));
      } catch (IOException e) {
        Faults.ignored(e);
        return false;
      }
    }
  }
}
