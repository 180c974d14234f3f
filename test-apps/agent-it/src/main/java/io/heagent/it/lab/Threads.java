package io.heagent.it.lab;

import java.util.List;

/** The kinds of thread a program may connect on. */
public enum Threads {
  PLATFORM,
  /** JDK 21 and newer. */
  VIRTUAL;

  private static final int FIRST_WITH_VIRTUAL = 21;

  /** Those that this JVM has. */
  public static List<Threads> possible() {
    return Runtime.version().feature() >= FIRST_WITH_VIRTUAL
        ? List.of(values())
        : List.of(PLATFORM);
  }

  /** Starts one. */
  public Thread start(Runnable task) {
    if (this == PLATFORM) {
      Thread thread = new Thread(task, "probe");
      thread.setDaemon(true);
      thread.start();
      return thread;
    }
    try {
      // By reflection, because this is compiled for JDK 17, which has no virtual threads.
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no virtual threads", e);
    }
  }

  /** Runs it on a thread of its own and waits for it. */
  public void run(Runnable task) throws InterruptedException {
    start(task).join();
  }
}
