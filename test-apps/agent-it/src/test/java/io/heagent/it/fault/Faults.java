package io.heagent.it.fault;

import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What the fault points woven into the agent call: throws at the one that is armed. */
public final class Faults implements Consumer<String> {

  /** The woven code finds this among the system's properties. */
  public static final String KEY = "io.heagent.test.faults";

  private static final String TEXT = "injected";

  /** What is thrown. */
  public enum Fault {
    IO,
    RUNTIME,
    NO_MEMORY,
    NO_STACK;

    Throwable thrown() {
      return switch (this) {
        case IO -> ofTheSystem();
        case RUNTIME -> new IllegalStateException(TEXT);
        case NO_MEMORY -> new OutOfMemoryError(TEXT);
        case NO_STACK -> new StackOverflowError(TEXT);
      };
    }

    /** What a failing system call might give, and so nothing of the agent's where it is seen. */
    private static ConnectException ofTheSystem() {
      ConnectException failed = new ConnectException("Cannot allocate memory");
      failed.setStackTrace(new StackTraceElement[0]);
      return failed;
    }
  }

  private final Set<String> reached = ConcurrentHashMap.newKeySet();
  private final AtomicInteger left = new AtomicInteger();
  private volatile String armed = "";
  private volatile Fault fault = Fault.RUNTIME;
  private volatile boolean hit;

  /** To be called before anything connects. */
  Faults install() {
    System.getProperties().put(KEY, this);
    return this;
  }

  /**
   * Has one point fail.
   *
   * @param times how often at most
   */
  void arm(String point, Fault how, int times) {
    hit = false;
    fault = how;
    left.set(times);
    armed = point;
  }

  /** Whether the armed point was reached. */
  boolean disarm() {
    armed = "";
    return hit;
  }

  /** The points passed since the last call. */
  Set<String> reached() {
    Set<String> all = Set.copyOf(reached);
    reached.clear();
    return all;
  }

  @Override
  public void accept(String point) {
    reached.add(point);
    if (point.equals(armed) && left.getAndDecrement() > 0) {
      hit = true;
      Faults.<RuntimeException>raise(fault.thrown());
    }
  }

  @SuppressWarnings("unchecked") // so that the woven code throws whatever it is told to
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Whether something that a program sees tells of the agent, or of what was injected into it. */
  static boolean isTelling(Throwable seen) {
    boolean telling = String.valueOf(seen.getMessage()).contains(TEXT);
    for (StackTraceElement frame : seen.getStackTrace()) {
      String type = frame.getClassName();
      telling |= type.startsWith("io.heagent.agent.") || type.startsWith("io.heagent.engine.");
      telling |= type.startsWith("sun.nio.ch.He") || type.endsWith(".Faults");
      telling |= type.equals("java.nio.channels.HeNetty");
    }
    for (Throwable suppressed : seen.getSuppressed()) {
      telling |= isTelling(suppressed);
    }
    return telling || (seen.getCause() != null && isTelling(seen.getCause()));
  }
}
