package io.heagent.it.lookup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers look-ups, or lets them hang, in a JVM whose hosts file is a pipe: whoever looks a name up
 * opens the pipe and waits for a writer.
 */
final class PipeResolver {
  private static final long GAP_NANOS = 5_000_000L;

  private final Path pipe;
  private final byte[] names;
  private boolean answering;
  private boolean idle = true;

  PipeResolver(Path pipe, byte[] names) {
    this.pipe = pipe;
    this.names = names;
    Thread thread = new Thread(this::run, "answers look-ups");
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on look-ups are answered, also those that hang. */
  synchronized void answer() {
    answering = true;
    notifyAll();
  }

  /** From now on look-ups hang. */
  @SuppressWarnings("try") // The resource is held, not used.
  void hang() throws IOException, InterruptedException {
    synchronized (this) {
      answering = false;
    }
    // Opening the pipe for reading and writing frees a writer that waits for a reader. What that
    // writer has written is lost when the last one closes the pipe.
    try (RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw")) {
      synchronized (this) {
        while (!idle) {
          wait();
        }
      }
    }
  }

  private void run() {
    try {
      while (true) {
        synchronized (this) {
          idle = true;
          notifyAll();
          while (!answering) {
            wait();
          }
          idle = false;
        }
        write();
        // If the pipe were opened again at once, its reader would not see the end of the text.
        LockSupport.parkNanos(GAP_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      Files.write(pipe, names);
    } catch (IOException gone) {
      // The reader of the text before was still there when the pipe was opened; now it has left.
      return;
    }
  }
}
