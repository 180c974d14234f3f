package io.heagent.engine.time;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the engine's own threads: daemons that keep nothing of the caller's alive. They have no
 * context class loader, no inherited thread locals, belong to the topmost thread group, and (JDK 23
 * and older) inherit no access control context: each of these would pin an unloaded application's
 * class loader.
 */
public final class DaemonThreads implements ThreadFactory {
  private final String name;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param name start of the threads' names; a number follows
   */
  public DaemonThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable task) {
    return create(task, name + "-" + count.incrementAndGet());
  }

  /** Makes one thread; it is not started. */
  // Deprecated for removal, but until JDK 24 the only way to keep the caller's context out.
  @SuppressWarnings("removal")
  public static Thread create(Runnable task, String name) {
    // No lambda: the agent makes a thread in the middle of somebody's connect.
    return AccessController.doPrivileged(
        new PrivilegedAction<>() {
          @Override
          public Thread run() {
            return inTopGroup(task, name);
          }
        });
  }

  private static Thread inTopGroup(Runnable task, String name) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    Thread thread = new Thread(group, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }
}
