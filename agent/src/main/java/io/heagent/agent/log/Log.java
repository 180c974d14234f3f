package io.heagent.agent.log;

import io.heagent.engine.report.OneLine;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The agent's log: one line on stderr for each event, with the agent's prefix. It uses no logging
 * framework, because the first use of one in premain would choose the program's LogManager. It
 * escapes characters in a message that are invisible or would end the line. Any thread may log.
 */
public final class Log {

  /** Each level prints what the levels before it print. */
  public enum Level {
    /** Nothing is printed. */
    OFF,
    /**
     * Only what somebody should act on. This is the default: with a healthy program nothing is
     * printed.
     */
    WARN,
    /** One banner line at start. */
    INFO,
    /** Every race except those that the first address has won alone. */
    DEBUG;

    /** The name in settings. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String PREFIX = "[he-agent] ";
  private static final int ONCE_LIMIT = 1000;

  private static final Lines LINES = new Lines();

  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  /**
   * Written by the thread that starts the agent, and later by {@code Steering} under its monitor.
   */
  private static volatile Level level = Level.WARN;

  private Log() {}

  /** Sets what is printed from now on. */
  public static void setLevel(Level newLevel) {
    level = newLevel;
  }

  /**
   * From now on lines are appended to a file.
   *
   * @param path in which {@code %p} stands for the number of the process; empty for stderr
   */
  public static void setFile(String path) {
    LINES.printTo(path.isEmpty() ? null : new LogFile(path));
  }

  /**
   * Opens a file as a line would be appended to it.
   *
   * @param path as {@link #setFile} takes it
   * @return why no line can be appended, for people; null if lines can
   */
  public static String fault(String path) {
    return path.isEmpty() ? null : new LogFile(path).fault();
  }

  /** Whether {@link #debug} prints, so that a caller need not build a text for nothing. */
  public static boolean isDebug() {
    return level == Level.DEBUG;
  }

  /** Whether {@link #info} prints. */
  public static boolean isInfo() {
    return Level.INFO.compareTo(level) <= 0;
  }

  /** Logs something that somebody should act on. */
  public static void warn(String message) {
    print(Level.WARN, message);
  }

  /** Logs a warning once per JVM for each text. */
  public static void warnOnce(String message) {
    if (SAID.size() < ONCE_LIMIT && SAID.add(message)) {
      warn(message);
    }
  }

  /** Logs a line for users who have asked for it. */
  public static void info(String message) {
    print(Level.INFO, message);
  }

  /** Logs a line for users who look for a fault. */
  public static void debug(String message) {
    print(Level.DEBUG, message);
  }

  /**
   * From now on the log prints lines a little later on a thread of its own: programs connect now,
   * and {@code System.err} may be code of the program, which must not run in the middle of a
   * connect.
   *
   * @param here whether the calling thread will call {@link #flush}
   */
  public static void printLater(BooleanSupplier here) {
    LINES.printLater(here);
  }

  /** Undoes {@link #printLater}: no program connects through the agent any more. */
  public static void printAtOnce() {
    LINES.printAtOnce();
  }

  /**
   * Has the waiting lines printed, and waits a moment for that. The calling thread must hold no
   * lock.
   */
  public static void flush() {
    LINES.flush();
  }

  /** The same when the JVM ends: also waits for a line that is being printed. */
  public static void drain() {
    LINES.drain();
  }

  /** The line of a message, as it is printed. */
  static String line(String message) {
    return PREFIX + OneLine.of(message);
  }

  private static void print(Level of, String message) {
    if (of.compareTo(level) <= 0) {
      LINES.sayInTime(line(message));
    }
  }
}
