package io.heagent.agent.log;

import io.heagent.engine.report.OneLine;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The agent's log: stderr, one line an event, its own prefix. No logging framework: using one in
 * premain would choose the program's LogManager for it. What is in a message that would not show,
 * or end the line, is escaped here, for all who log. Any thread may log.
 */
public final class Log {

  /** Each level says what the ones before it say. */
  public enum Level {
    /** Silence. */
    OFF,
    /** What somebody should act on. The default: a healthy program prints nothing. */
    WARN,
    /** One banner line at start. */
    INFO,
    /** Every race that the first address did not win alone. */
    DEBUG;

    /** The name as it stands in settings. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String PREFIX = "[he-agent] ";
  private static final int ONCE_LIMIT = 1000;

  private static final Lines LINES = new Lines();

  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  /** Written once, by the thread that starts the agent, before any hook is in place. */
  private static volatile Level level = Level.WARN;

  private Log() {}

  /** Sets what is printed from now on. */
  public static void setLevel(Level newLevel) {
    level = newLevel;
  }

  /** Whether {@link #debug} prints: lets a caller not even build its text. */
  public static boolean isDebug() {
    return level == Level.DEBUG;
  }

  /** Whether {@link #info} prints. */
  public static boolean isInfo() {
    return Level.INFO.compareTo(level) <= 0;
  }

  /** Something that somebody should act on. */
  public static void warn(String message) {
    print(Level.WARN, message);
  }

  /** The same, once per JVM for equal texts. */
  public static void warnOnce(String message) {
    if (SAID.size() < ONCE_LIMIT && SAID.add(message)) {
      warn(message);
    }
  }

  /** A line for those who asked. */
  public static void info(String message) {
    print(Level.INFO, message);
  }

  /** A line for those who look for a fault. */
  public static void debug(String message) {
    print(Level.DEBUG, message);
  }

  /**
   * From now on lines are printed a little later: programs connect, and no code of theirs, as
   * {@code System.err} may be, is to run in the midst of that.
   *
   * @param here whether the calling thread is one that is going to call {@link #flush}
   */
  public static void printLater(BooleanSupplier here) {
    LINES.printLater(here);
  }

  /** Has what waits printed, and gives that a moment; for a thread that holds no lock. */
  public static void flush() {
    LINES.flush();
  }

  private static void print(Level of, String message) {
    if (of.compareTo(level) <= 0) {
      LINES.say(PREFIX + OneLine.of(message));
    }
  }
}
