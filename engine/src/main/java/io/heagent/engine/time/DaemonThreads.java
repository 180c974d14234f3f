package io.heagent.engine.time;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the engine's own threads: daemons that keep no object of the caller reachable. They have no
 * context class loader and no inherited thread locals, belong to the topmost thread group, and (JDK
 * 23 and older) inherit no access control context: each of these would keep the class loader of an
 * undeployed application from being unloaded. They have their own uncaught exception handler,
 * because many programs end the process in the default one, and an exception on these threads is no
 * fault of the program.
 */
public final class DaemonThreads implements ThreadFactory {

  private final String name;
  private final Thread.UncaughtExceptionHandler handler;
  private final AtomicInteger count = new AtomicInteger();

  /** A nested class, so that the agent, which has its own handler, does not load this one. */
  private static final class Printing implements Thread.UncaughtExceptionHandler {
    static final Printing INSTANCE = new Printing();

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      try {
        System.err.println("Exception in thread \"" + thread.getName() + "\" " + thrown);
        thrown.printStackTrace();
      } catch (Throwable nothingLeftToDo) {
        // Printing failed too: no memory is left, or the program's System.err throws.
      }
    }
  }

  /**
   * A handler that prints the exception, as the JVM does where no handler is set; it never throws.
   */
  public static Thread.UncaughtExceptionHandler printing() {
    return Printing.INSTANCE;
  }

  /**
   * Threads whose uncaught exceptions are printed.
   *
   * @param name start of the threads' names; a number follows
   */
  public DaemonThreads(String name) {
    this(name, printing());
  }

  /**
   * @param name start of the threads' names; a number follows
   * @param handler takes what the threads throw
   */
  public DaemonThreads(String name, Thread.UncaughtExceptionHandler handler) {
    this.name = name;
    this.handler = handler;
  }

  @Override
  public Thread newThread(Runnable task) {
    return create(task, name + "-" + count.incrementAndGet(), handler);
  }

  /** Makes one thread, without starting it. */
  // doPrivileged is deprecated for removal, but up to JDK 23 nothing else keeps the new thread from
  // inheriting the caller's access control context.
  @SuppressWarnings("removal")
  public static Thread create(Runnable task, String name, Thread.UncaughtExceptionHandler handler) {
    // No lambda: the JVM would link it at run time, and the agent makes a thread during a program's
    // connect.
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
