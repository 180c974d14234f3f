package io.heagent.engine.time;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the engine's own threads: daemons that keep nothing of the caller's alive. They have no
 * context class loader, no inherited thread locals, belong to the topmost thread group, and (JDK 23
 * and older) inherit no access control context: each of these would pin an unloaded application's
 * class loader. They have an uncaught exception handler of their own: many programs end the process
 * in the default one, and what fails on these threads is not the program's.
 */
public final class DaemonThreads implements ThreadFactory {

  private final String name;
  private final Thread.UncaughtExceptionHandler handler;
  private final AtomicInteger count = new AtomicInteger();

  /** Apart, as the agent has a handler of its own and loads few classes. */
  private static final class Printing implements Thread.UncaughtExceptionHandler {
    static final Printing INSTANCE = new Printing();

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      try {
        System.err.println("Exception in thread \"" + thread.getName() + "\" " + thrown);
        thrown.printStackTrace();
      } catch (Throwable nothingLeftToDo) {
        // Not even that works: no memory, or a stream of the program's that throws.
      }
    }
  }

  /** Prints, as the JVM does where nobody has set a handler; throws nothing. */
  public static Thread.UncaughtExceptionHandler printing() {
    return Printing.INSTANCE;
  }

  /**
   * With {@link #printing}.
   *
   * @param name start of the threads' names; a number follows
   */
  public DaemonThreads(String name) {
    this(name, printing());
  }

  /**
   * @param name start of the threads' names; a number follows
   * @param handler of what they throw
   */
  public DaemonThreads(String name, Thread.UncaughtExceptionHandler handler) {
    this.name = name;
    this.handler = handler;
  }

  @Override
  public Thread newThread(Runnable task) {
    return create(task, name + "-" + count.incrementAndGet(), handler);
  }

  /** Makes one thread; it is not started. */
  // Deprecated for removal, but until JDK 24 the only way to keep the caller's context out.
  @SuppressWarnings("removal")
  public static Thread create(Runnable task, String name, Thread.UncaughtExceptionHandler handler) {
    // No lambda: the agent makes a thread in the middle of somebody's connect.
    return AccessController.doPrivileged(
        new PrivilegedAction<>() {
          @Override
          public Thread run() {
            return inTopGroup(task, name, handler);
          }
        });
  }

  private static Thread inTopGroup(
      Runnable task, String name, Thread.UncaughtExceptionHandler handler) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    Thread thread = new Thread(group, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.setUncaughtExceptionHandler(handler);
    return thread;
  }
}
