package io.heagent.engine.resolve.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.engine.resolve.Answers;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which callers join a look-up and which begin one. Times are milliseconds. */
class LookupRegistryTest {

  private final VirtualTime time = new VirtualTime();
  private final List<Resolver.Listener> asked = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();
  private boolean queued;
  private Error atTheEnd;

  private final Resolver resolver =
      new Resolver() {
        @Override
        public Set<Question> questions() {
          return Set.of(Question.BOTH);
        }

        @Override
        public Query resolve(String host, Listener listener) {
          asked.add(listener);
          return new Query() {
            @Override
            public void cancel() {}

            @Override
            public boolean isQueued() {
              return queued;
            }
          };
        }
      };

  private final LookupRegistry registry =
      new LookupRegistry(resolver, Question.BOTH, time, this::done, faults::add);

  private void done(String host, Known last) {
    done.add(host + " " + Answers.names(last.addresses()));
    if (atTheEnd != null) {
      throw atTheEnd;
    }
  }

  private SharedLookup join(String host) {
    return registry.join(host, LookupSource.NOBODY).lookup();
  }

  private void answer(int which) {
    asked.get(which).answer(Question.BOTH, Answers.of("aB"));
  }

  @Test
  void oneNameIsLookedUpOnceAtATime() {
    SharedLookup first = join("a.test");
    assertSame(first, join("a.test"));
    assertNotSame(first, join("b.test"));
    assertEquals(2, asked.size());
  }

  /**
   * A look-up's result is passed on before the look-up is forgotten, so that a caller in between
   * need not look up again.
   */
  @Test
  void endIsToldBeforeItIsForgotten() {
    join("a.test");
    answer(0);
    assertEquals(List.of("a.test aB"), done);
    join("a.test");
    assertEquals(2, asked.size());
  }

  @Test
  void troubleAtTheEndDoesNotKeepIt() {
    atTheEnd = new OutOfMemoryError("full");
    join("a.test");
    answer(0);
    assertEquals(List.of(atTheEnd), faults);
    join("a.test");
    assertEquals(2, asked.size());
  }

  @Test
  void stuckOneIsLeftToThoseWhoWaitForIt() {
    SharedLookup stuck = join("a.test");
    time.at(1_999);
    assertSame(stuck, join("a.test"));
    time.at(2_000);
    SharedLookup second = join("a.test");
    assertNotSame(stuck, second);
    answer(0);
    assertSame(second, join("a.test"), "the end of the first takes nothing from the second");
  }

  @Test
  void droppedOneIsNotJoined() {
    queued = true;
    registry.join("a.test", LookupSource.NOBODY).leave();
    join("a.test");
    assertEquals(2, asked.size());
  }
}
