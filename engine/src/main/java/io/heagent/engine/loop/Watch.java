package io.heagent.engine.loop;

import java.nio.channels.SelectionKey;

/** A channel under the watch of an {@link EventLoop}. Of the loop's thread only. */
public final class Watch implements Runnable {

  SelectionKey key;

  /** Null once it has run or is not wanted any more. */
  private Runnable ready;

  Watch(Runnable ready) {
    this.ready = ready;
  }

  /**
   * Ends the watch; its task does not run any more. Does nothing if it has run.
   *
   * <p>The channel may be closed at once: the JDK keeps the descriptor of a closed channel open
   * until the selector has let go of it, so that its number cannot be given to another socket
   * before. The selector does that at its next selection, which follows the task that is running,
   * for all that were ended meanwhile.
   */
  public void end() {
    ready = null;
    key.cancel();
  }

  /** Called by the loop. */
  @Override
  public void run() {
    Runnable task = ready;
    ready = null;
    if (task != null) {
      task.run();
    }
  }
}
