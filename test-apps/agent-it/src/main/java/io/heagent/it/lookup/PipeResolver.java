package io.heagent.it.lookup;

import io.heagent.it.channel.Racing;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  /**
   * Lets the look-ups end that races have left behind: of two that read a pipe at once, one may get
   * everything, and the JDK remembers for 10 s that the other's name is unknown.
   */
  void drain() throws Exception {
    answer();
    while (isLookingUp()) {
      Racing.letPass(1);
    }
    hang();
  }

  /** Whether any thread looks a name up. */
  static boolean isLookingUp() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().startsWith("java.net.InetAddress$HostsFile"));
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
