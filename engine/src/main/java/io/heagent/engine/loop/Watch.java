package io.heagent.engine.loop;

import java.nio.channels.SelectionKey;

/** A channel that an {@link EventLoop} watches. Only the loop's thread uses this. */
public final class Watch implements Runnable {

  SelectionKey key;

  /** Null once the task has run or the watch has been ended. */
  private Runnable ready;

  Watch(Runnable ready) {
    this.ready = ready;
  }

  /**
   * Ends the watch: its task will not run. Does nothing if it has run.
   *
   * <p>The caller may close the channel at once: the JDK keeps the descriptor of a closed channel
   * open until the selector has deregistered it, so that no other socket gets its number before.
   * The selector does that at its next selection, which follows the task that is running.
   */
  public void end() {
    ready = null;
    key.cancel();
  }

  /** Runs the task; called by the loop. */
  @Override
  public void run() {
    Runnable task = ready;
    ready = null;
    if (task != null) {
      task.run();
    }
  }
}
