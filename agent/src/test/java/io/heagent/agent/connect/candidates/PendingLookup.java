package io.heagent.agent.connect.candidates;

import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupEnd;
import io.heagent.engine.resolve.shared.SharedLookup;
import io.heagent.engine.time.Scheduler;
import java.util.Set;
import java.util.stream.Stream;

/** A look-up that has begun and is answered when a test says so. */
public final class PendingLookup {

  public final SharedLookup lookup;
  private Resolver.Listener answers;

  public PendingLookup(Scheduler time) {
    lookup =
        new SharedLookup(
            "host.example",
            new Silent(),
            Question.BOTH,
            ResolutionCore.DEFAULT_DELAY_NANOS,
            time,
            new Nobody(),
            f -> {});
    lookup.join(() -> {});
    lookup.begin();
  }

  public void answer(String... addresses) {
    answers.answer(Question.BOTH, Stream.of(addresses).map(Ip::of).toList());
  }

  private final class Silent implements Resolver {
    @Override
    public Set<Question> questions() {
      return Set.of(Question.BOTH);
    }

    @Override
    public Query resolve(String host, Listener listener) {
      answers = listener;
      return () -> {};
    }
  }

  private static final class Nobody implements LookupEnd {
    @Override
    public void done(SharedLookup lookup, Known last) {
      // Nobody remembers it.
    }

    @Override
    public void dropped(SharedLookup lookup) {
      throw new AssertionError("it has begun");
    }
  }
}
