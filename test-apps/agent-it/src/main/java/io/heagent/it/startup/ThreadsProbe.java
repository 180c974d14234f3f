package io.heagent.it.startup;

import java.util.stream.Collectors;

/**
 * Arguments: host, port. Connects in every way; then tells which threads keep the JVM alive and
 * whether the main thread's context class loader is the one it began with.
 */
public final class ThreadsProbe {
  private ThreadsProbe() {}

  public static void main(String[] args) throws InterruptedException {
    Thread main = Thread.currentThread();
    System.out.println("context is system " + isSystem(main.getContextClassLoader()));
    DialAll.main(args);
    System.out.println("context is system " + isSystem(main.getContextClassLoader()));
    System.out.println(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.isDaemon())
            .map(Thread::getName)
            .sorted()
            .collect(Collectors.joining(",", "alive ", "")));
  }

  private static boolean isSystem(ClassLoader loader) {
    return loader == ClassLoader.getSystemClassLoader();
  }
}
