package io.heagent.agent.connect;

import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.SharedLookup;
import io.heagent.engine.time.Scheduler;
import java.util.Set;
import java.util.stream.Stream;

/** A look-up that has begun and is answered when a test says so. */
final class PendingLookup {

  final SharedLookup lookup;

  PendingLookup(Scheduler time) {
    lookup =
        new SharedLookup("host.example", new Silent(), Question.BOTH, time, new Nobody(), f -> {});
    lookup.join(() -> {});
    lookup.begin();
  }

  void answer(String... addresses) {
    lookup.answer(Question.BOTH, Stream.of(addresses).map(Ip::of).toList());
  }

  private static final class Silent implements Resolver {
    @Override
    public Set<Question> questions() {
      return Set.of(Question.BOTH);
    }

    @Override
    public Query resolve(String host, Listener listener) {
      return () -> {};
    }
  }

  private static final class Nobody implements SharedLookup.End {
    @Override
    public void done(SharedLookup lookup, SharedLookup.Known last) {
      // Nobody remembers it.
    }

    @Override
    public void dropped(SharedLookup lookup) {
      throw new AssertionError("it has begun");
    }
  }
}
