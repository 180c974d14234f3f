package io.heagent.agent.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a changed file is read, on a virtual clock. */
class FileWatchTest {

  private static final String PATH = "he.conf";
  private static final SettingsFile AT_START = file("delay=1s");

  private final List<SettingsFile> changes = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();
  private final Watch watch = new Watch();

  /** In milliseconds; wall clock and timer are the same here. */
  private long clock = 1_000_000;

  private FileStamp stamp = new FileStamp("inode 1", 0, 8);
  private SettingsFile content = AT_START;

  /** What happens during the pauses, in turn. */
  private final Deque<Runnable> meanwhile = new ArrayDeque<>();

  private int looks;
  private int reads;
  private boolean hangs;

  private static SettingsFile file(String line) {
    return new SettingsFile(PATH, List.of(line), null);
  }

  private final class Watch extends FileWatch {
    Watch() {
      super(AT_START, changes::add, (thread, thrown) -> faults.add(thrown), 1_000_000_000_000L);
    }

    @Override
    long now() {
      return clock * 1_000_000L;
    }

    @Override
    long time() {
      return clock;
    }

    @Override
    void start(Runnable look) {
      looks++;
      if (!hangs) {
        look.run();
      }
    }

    @Override
    void pause(long millis) {
      clock += millis;
      if (!meanwhile.isEmpty()) {
        meanwhile.remove().run();
      }
    }

    @Override
    FileStamp stamp(String path) {
      return stamp;
    }

    @Override
    SettingsFile read(String path) {
      reads++;
      return content;
    }
  }

  /** Written now, in place or by another file that takes its name. */
  private void write(Object inode, String line) {
    stamp = new FileStamp(inode, clock * 1_000_000L, line.length());
    content = file(line);
  }

  private void later(long millis) {
    clock += millis;
    watch.look();
  }

  @Test
  void aFileThatStaysTheSameIsReadOnce() {
    watch.look();
    later(1000);
    later(1000);
    assertEquals(3, looks);
    assertEquals(1, reads);
    assertEquals(List.of(), changes);
  }

  @Test
  void onceASecondAtMost() {
    watch.look();
    later(999);
    assertEquals(1, looks);
    later(1);
    assertEquals(2, looks);
  }

  /** The connect that comes long after a change has the new settings. */
  @Test
  void anOldChangeIsReadAtTheFirstLook() {
    watch.look();
    write("inode 1", "delay=2s");
    long written = clock;
    later(60_000);
    assertEquals(List.of(file("delay=2s")), changes);
    assertEquals(written + 60_000, clock, "nobody has waited");
  }

  @Test
  void aYoungChangeIsReadOnceItHasSettled() {
    watch.look();
    clock += 1000;
    write("inode 1", "delay=2s");
    long written = clock;
    watch.look();
    assertEquals(List.of(file("delay=2s")), changes);
    assertEquals(written + 200, clock);
  }

  /** Neither the first half of a file nor the empty one that a truncation leaves. */
  @Test
  void aFileThatIsBeingWrittenIsNotReadInTheMiddle() {
    watch.look();
    clock += 1000;
    write("inode 1", "");
    meanwhile.add(() -> write("inode 1", "delay="));
    meanwhile.add(() -> write("inode 1", "delay=2s"));
    watch.look();
    assertEquals(List.of(file("delay=2s")), changes);
    assertEquals(2, reads, "at the start, and once it was whole");
  }

  @Test
  void aFileThatIsWrittenAllTheTimeIsGivenUpUntilTheNextLook() {
    watch.look();
    clock += 1000;
    write("inode 1", "a");
    for (int i = 0; i < 25; i++) {
      String line = "delay=" + i;
      meanwhile.add(() -> write("inode 1", line));
    }
    watch.look();
    assertEquals(List.of(), changes);
    later(1000);
    assertEquals(List.of(file("delay=24")), changes);
  }

  /** A ConfigMap's link, or an editor's rename: time and size may be the same. */
  @Test
  void anotherFileOfTheSameTimeAndSizeIsSeen() {
    watch.look();
    stamp = new FileStamp("inode 2", stamp.modified(), stamp.size());
    content = file("delay=2s");
    later(1000);
    assertEquals(List.of(file("delay=2s")), changes);
  }

  @Test
  void anotherFileThatSaysTheSameChangesNothing() {
    watch.look();
    stamp = new FileStamp("inode 2", 5, 8);
    later(1000);
    assertEquals(List.of(), changes);
  }

  @Test
  void aDeletedFileIsToldOnce() {
    watch.look();
    stamp = FileStamp.GONE;
    content = new SettingsFile(PATH, List.of(), "does not exist");
    later(1000);
    later(1000);
    assertEquals(List.of(content), changes);
    write("inode 3", "delay=1s");
    later(1000);
    assertEquals(List.of(changes.get(0), file("delay=1s")), changes);
  }

  /** A clock of a file server that is ahead. */
  @Test
  void aFileFromTheFutureIsReadOnceItStaysTheSame() {
    watch.look();
    stamp = new FileStamp("inode 1", (clock + 3_600_000) * 1_000_000L, 8);
    content = file("delay=2s");
    clock += 1000;
    long before = clock;
    watch.look();
    assertEquals(List.of(file("delay=2s")), changes);
    assertEquals(before + 200, clock);
  }

  /** A disk that hangs keeps one thread, and one connect for a moment. */
  @Test
  void whileOneThreadLooksNoOtherDoes() {
    hangs = true;
    watch.look();
    later(1000);
    later(3_600_000);
    assertEquals(1, looks);
    watch.run();
    hangs = false;
    later(1000);
    assertEquals(2, looks);
  }

  @Test
  void aFaultIsReportedAndTheNextLookIsMade() {
    FileWatch failing =
        new FileWatch(
            AT_START,
            changed -> {
              throw new IllegalStateException("a fault");
            },
            (thread, thrown) -> faults.add(thrown),
            0) {
          @Override
          void start(Runnable look) {
            looks++;
            look.run();
          }

          @Override
          FileStamp stamp(String path) {
            return stamp;
          }

          @Override
          SettingsFile read(String path) {
            return file("delay=2s");
          }

          @Override
          long now() {
            return clock * 1_000_000L;
          }
        };
    failing.look();
    assertEquals(1, faults.size());
    clock += 1000;
    failing.look();
    assertEquals(2, looks);
  }

  @Test
  void anInterruptStaysWithTheProgram() {
    FileWatch interrupted =
        new FileWatch(AT_START, changes::add, (thread, thrown) -> faults.add(thrown), 0) {
          @Override
          void start(Runnable look) throws InterruptedException {
            throw new InterruptedException();
          }
        };
    interrupted.look();
    assertTrue(Thread.interrupted());
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
