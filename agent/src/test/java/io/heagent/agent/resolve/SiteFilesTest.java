package io.heagent.agent.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.resolve.SiteFiles.Answer;
import io.heagent.engine.order.SiteNames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the files are read that say which names are the site's own, on a virtual clock. */
class SiteFilesTest {

  private static final String NAME = "db.corp.example";
  private static final long MILLI = 1_000_000L;

  private final Host host = new Host();
  private final SiteFiles files = new SiteFiles(host);
  private final List<String> told = new ArrayList<>();

  private static final class Host implements SiteFiles.Site {
    long now = Long.MAX_VALUE - 5 * MILLI;
    String search = "corp.example";
    boolean outOfThreads;
    final List<Runnable> reads = new ArrayList<>();
    final List<String> timers = new ArrayList<>();

    @Override
    public long now() {
      return now;
    }

    @Override
    public void at(long nanos, Runnable task) {
      timers.add("in " + (nanos - now) / MILLI);
    }

    @Override
    public void apart(Runnable task) {
      if (outOfThreads) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      reads.add(task);
    }

    @Override
    public SiteNames read() {
      return SiteNames.of(List.of("search " + search), List.of());
    }

    void read(int times) {
      assertEquals(times, reads.size());
      List<Runnable> due = List.copyOf(reads);
      reads.clear();
      due.forEach(Runnable::run);
    }
  }

  private Answer ask(String name) {
    return files.isOwn(name, () -> told.add(name));
  }

  @Test
  void nothingIsReadForNamesWhoseFormSaysIt() {
    assertEquals(Answer.OWN, ask("db"));
    assertEquals(Answer.OWN, ask("db.corp.internal"));
    host.read(0);
  }

  @Test
  void firstToAskHasThemReadApartAndIsTold() {
    assertEquals(Answer.UNKNOWN, ask(NAME));
    assertEquals(Answer.UNKNOWN, ask("db.example.com"));
    assertEquals(List.of("in 100", "in 100"), host.timers);
    assertEquals(List.of(), told);
    host.read(1);
    assertEquals(List.of(NAME, "db.example.com"), told);
    assertEquals(Answer.OWN, ask(NAME));
    assertEquals(Answer.STRANGE, ask("db.example.com"));
    host.read(0);
  }

  @Test
  void nobodyWaitsForFilesThatHang() {
    assertEquals(Answer.UNKNOWN, ask(NAME));
    host.now += 100 * MILLI - 1;
    assertEquals(Answer.UNKNOWN, ask(NAME));
    host.now++;
    assertEquals(Answer.STRANGE, ask(NAME));
    host.now += 60_000 * MILLI;
    assertEquals(Answer.STRANGE, ask(NAME));
    // One thread hangs, and not one for each question. Callers that have stopped waiting are not
    // kept.
    host.read(1);
    assertEquals(List.of(NAME, NAME), told);
    assertEquals(Answer.OWN, ask(NAME));
  }

  @Test
  void readAgainWhenTheyAreOld() {
    ask(NAME);
    host.read(1);
    host.search = "other.example";
    host.now += SiteFiles.FRESH_NANOS - 1;
    assertEquals(Answer.OWN, ask(NAME));
    host.read(0);
    host.now++;
    assertEquals(Answer.UNKNOWN, ask(NAME));
    host.read(1);
    assertEquals(Answer.STRANGE, ask(NAME));
    assertEquals(Answer.OWN, ask("db.other.example"));
  }

  @Test
  void whatWasKnownCountsWhileReadingAgainHangs() {
    ask(NAME);
    host.read(1);
    host.now += SiteFiles.FRESH_NANOS;
    assertEquals(Answer.UNKNOWN, ask(NAME));
    host.now += SiteFiles.PATIENCE_NANOS;
    assertEquals(Answer.OWN, ask(NAME));
  }

  @Test
  void withoutAThreadNobodyWaits() {
    host.outOfThreads = true;
    assertEquals(Answer.STRANGE, ask(NAME));
    assertEquals(List.of(NAME), told);
    host.outOfThreads = false;
    host.now += SiteFiles.FRESH_NANOS;
    assertEquals(Answer.UNKNOWN, ask(NAME));
    host.read(1);
    assertEquals(Answer.OWN, ask(NAME));
  }
}
