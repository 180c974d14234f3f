package io.heagent.testkit.jvm;

/** Something to do if the JVM is told to end before this is closed. */
final class ExitHook implements AutoCloseable {
  private final Thread thread;

  ExitHook(String name, Runnable action) {
    thread = new Thread(action, name);
    Runtime.getRuntime().addShutdownHook(thread);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException goingDown) {
      // The hook is running already, and does what its owner has done or is about to do.
      return;
    }
  }
}
