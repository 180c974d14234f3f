package io.heagent.it.lab;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Runs cases that check by themselves, each on a thread of its own, and prints how each ended. */
public final class Cases {
  private static final long WATCHDOG_MILLIS = 30_000;

  private Cases() {}

  /** What a case does. It throws if something is not as it should be. */
  public interface Body {
    public void run() throws Exception;
  }

  /** Runs one case and prints "result=ok", or what was wrong. */
  public static void run(String name, Body body) throws InterruptedException {
    AtomicReference<Object> result = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
                result.set("ok");
              } catch (Exception | AssertionError e) {
                result.set(e + " at " + place(e.getStackTrace()));
              }
            },
            name);
    thread.setDaemon(true);
    long start = System.nanoTime();
    thread.start();
    thread.join(WATCHDOG_MILLIS);
    if (result.get() == null) {
      result.set("hangs at " + Arrays.toString(thread.getStackTrace()));
    }
    long millis = (System.nanoTime() - start) / 1_000_000L;
    new Facts(name).put("result", result.get()).put("ms", millis).print();
  }

  private static String place(StackTraceElement[] trace) {
    return Arrays.stream(trace)
        .filter(frame -> frame.getClassName().startsWith("io.heagent.it."))
        .filter(frame -> !frame.getClassName().equals(Cases.class.getName()))
        .map(StackTraceElement::toString)
        .findFirst()
        .orElse("an unknown place");
  }

  public static void equal(Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError("expected " + expected + ", was " + actual);
    }
  }

  public static void isTrue(boolean condition) {
    equal(true, condition);
  }

  /**
   * The exception must be of this very class, not of one that extends it, because programs
   * distinguish them.
   */
  public static void fails(Class<? extends Exception> type, Body body) {
    Class<?> seen = null;
    try {
      body.run();
    } catch (Exception e) {
      seen = e.getClass();
    }
    equal(type, seen);
  }
}
