package io.heagent.agent.connect;

/** Threads that keep nothing of the program's alive, and the JVM neither. */
final class DaemonThreads {

  private DaemonThreads() {}

  static Thread create(Runnable task, String name) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    // No inherited thread locals, no context class loader.
    Thread thread = new Thread(group, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }
}
