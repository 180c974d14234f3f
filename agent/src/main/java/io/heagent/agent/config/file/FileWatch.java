package io.heagent.agent.config.file;

import io.heagent.engine.time.DaemonThreads;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Notices that the file with the settings has changed. A connect that may be raced calls {@link
 * #look}; once a second at most it has a short-lived thread look at the file, and waits a moment
 * for that thread, so that a change holds for this very connect. A file on a disk that hangs costs
 * one connect this moment, once: while a thread looks, no other connect waits.
 *
 * <p>A file that was written just now may be incomplete. The thread reads it once it has stayed the
 * same for a while; until then the settings of before apply.
 *
 * <p>Threads: any. {@link #run} is for the starter only.
 */
public class FileWatch implements Runnable {

  /** The time from the end of a look to the next one. */
  static final long REST_NANOS = 1_000_000_000L;

  /** How long a connect waits for a look at most. */
  static final long MOMENT_MILLIS = 50;

  /** A file that has not been written for this time counts as complete. */
  static final long SETTLED_MILLIS = 200;

  /** After so many looks at a file that is written all the time, the thread ends. */
  private static final int MOST_LOOKS = 25;

  private final Consumer<SettingsFile> whenChanged;
  private final Thread.UncaughtExceptionHandler faults;

  /** When the next look is due. */
  private final AtomicLong nextLook;

  /**
   * What was last read, and its stamp; null before the first look. Written by the thread that
   * looks; the next one is started after it has set {@link #nextLook}.
   */
  private SettingsFile last;

  private FileStamp stamp;

  /**
   * Watches a file from now on.
   *
   * @param last what was read at the start
   * @param whenChanged takes what stands in the file now, if that has changed
   * @param faults takes what {@code whenChanged} throws
   */
  public FileWatch(
      SettingsFile last,
      Consumer<SettingsFile> whenChanged,
      Thread.UncaughtExceptionHandler faults) {
    this(last, whenChanged, faults, System.nanoTime());
  }

  /** For tests, which override the methods below that ask the system. */
  FileWatch(
      SettingsFile last,
      Consumer<SettingsFile> whenChanged,
      Thread.UncaughtExceptionHandler faults,
      long now) {
    this.last = last;
    this.whenChanged = whenChanged;
    this.faults = faults;
    this.nextLook = new AtomicLong(now);
  }

  /** In nanoseconds, as {@link System#nanoTime}. */
  long now() {
    return System.nanoTime();
  }

  /** In milliseconds since 1970. */
  long time() {
    return System.currentTimeMillis();
  }

  /** Has a look made by another thread, and waits for it, but no longer than a moment. */
  void start(Runnable look) throws InterruptedException {
    Thread thread = DaemonThreads.create(look, "he-agent-config", faults);
    thread.start();
    thread.join(MOMENT_MILLIS);
  }

  /** Lets a while pass. */
  void pause(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  FileStamp stamp(String path) {
    return FileStamp.of(path);
  }

  SettingsFile read(String path) {
    return SettingsFile.read(path);
  }

  /** Has the file looked at if that is due. Never throws. */
  public final void look() {
    long due = nextLook.get();
    long now = now();
    // While a thread looks, the next look is far away.
    if (now - due < 0 || !nextLook.compareAndSet(due, now + Long.MAX_VALUE / 2)) {
      return;
    }
    try {
      start(this);
    } catch (InterruptedException ofTheProgram) {
      // The connect that follows will notice it.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error noThread) {
      nextLook.set(now + REST_NANOS);
    }
  }

  /** One look, on the thread that was started for it. */
  @Override
  public final void run() {
    try {
      lookNow();
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error unexpected) {
      faults.uncaughtException(Thread.currentThread(), unexpected);
    } finally {
      nextLook.set(now() + REST_NANOS);
    }
  }

  private void lookNow() throws InterruptedException {
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      FileStamp present = stamp(last.path());
      if (present.equals(stamp)) {
        return;
      }
      long age = present.age(time());
      boolean settled = age >= SETTLED_MILLIS;
      if (!settled) {
        pause(SETTLED_MILLIS);
      }
      // The stamp is compared before and after the file is read. The file's own time is not enough:
      // it may lie in the future, and a file may be written while it is read.
      if (stamp(last.path()).equals(present)) {
        SettingsFile read = read(last.path());
        if (stamp(last.path()).equals(present)) {
          become(present, read);
          return;
        }
      }
    }
  }

  private void become(FileStamp present, SettingsFile read) {
    boolean changed = !read.equals(last);
    stamp = present;
    last = read;
    if (changed) {
      whenChanged.accept(read);
    }
  }
}
