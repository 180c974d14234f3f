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
      // The JVM is ending and the hook runs already, so there is nothing to take back.
      return;
    }
  }
}
