package io.heagent.agent.log;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The file of {@code log-file=}. Each line is appended by one write to a file that is opened for
 * it, so that several JVMs may write to one file, and a file that was moved away is made anew. The
 * first failure ends that: from then on lines go to stderr. One thread at a time.
 */
final class LogFile {

  private final String path;

  /** Whether it could not be written. Written by the thread that prints. */
  private volatile boolean failed;

  /**
   * @param setting the path, in which {@code %p} stands for the number of the process
   */
  LogFile(String setting) {
    this.path =
        setting.contains("%p")
            ? setting.replace("%p", Long.toString(ProcessHandle.current().pid()))
            : setting;
  }

  /**
   * Appends a line, with the time before it.
   *
   * @return null if it was written; otherwise what is to be printed on stderr in its place
   */
  String append(String line) {
    if (failed) {
      return line;
    }
    String timed = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line + '\n';
    try (FileOutputStream out = open()) {
      out.write(timed.getBytes(StandardCharsets.UTF_8));
      return null;
    } catch (IOException | RuntimeException e) {
      failed = true;
      return Log.line(fault(e) + "; lines go to stderr") + System.lineSeparator() + line;
    }
  }

  /**
   * Opens the file as {@link #append} would, which makes it if there is none.
   *
   * @return why it cannot be written, for people; null if it can
   */
  String fault() {
    try {
      open().close();
      return null;
    } catch (IOException | RuntimeException e) {
      return fault(e);
    }
  }

  /**
   * Opens it to append. To open a pipe for writing alone would wait until somebody reads, at a
   * change of settings with the lock that orders changes; opened for both, it does not wait.
   */
  private FileOutputStream open() throws IOException {
    File file = new File(path);
    if (file.exists() && !file.isFile() && !file.isDirectory()) {
      return new FileOutputStream(new RandomAccessFile(file, "rw").getFD());
    }
    return new FileOutputStream(file, true);
  }

  private String fault(Exception e) {
    return "log-file=" + path + " cannot be written (" + e + ")";
  }
}
