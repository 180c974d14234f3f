package io.heagent.agent.connect.candidates;

import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupEnd;
import io.heagent.engine.resolve.shared.SharedLookup;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A look-up of a name whose resolver answers when a test says so. */
public final class PendingLookup {

  public final SharedLookup lookup;

  /** Says whether the look-up waits for one of the resolver's threads; null if it has one. */
  private final BooleanSupplier queued;

  private Resolver.Listener answers;
  private boolean cancelled;

  /** Has begun, on a thread of its own, and a race waits for it. */
  public PendingLookup(Scheduler time) {
    this("host.example", time, null);
    lookup.join(() -> {});
    lookup.begin();
  }

  /** Is yet to begin, and then waits for a thread for as long as the supplier says so. */
  public PendingLookup(String host, Scheduler time, BooleanSupplier queued) {
    this.queued = queued;
    lookup =
        new SharedLookup(
            host,
            new Silent(),
            Question.BOTH,
            ResolutionCore.DEFAULT_DELAY_NANOS,
            time,
            new Nobody(),
            fault -> {});
  }

  public void answer(String... addresses) {
    answers.answer(Question.BOTH, Ip.list(addresses));
  }

  /** The same with addresses that no literal stands for, such as an IPv4-mapped AAAA record. */
  void answer(List<InetAddress> addresses) {
    answers.answer(Question.BOTH, addresses);
  }

  public void fail(Throwable failure) {
    answers.failure(Question.BOTH, failure);
  }

  public boolean isCancelled() {
    return cancelled;
  }

  private final class Silent implements Resolver {
    @Override
    public Set<Question> questions() {
      return Set.of(Question.BOTH);
    }

    @Override
    public Query resolve(String host, Listener listener) {
      answers = listener;
      return new Query() {
        @Override
        public void cancel() {
          cancelled = true;
        }

        @Override
        public boolean isQueued() {
          return queued != null && queued.getAsBoolean();
        }
      };
    }
  }

  private final class Nobody implements LookupEnd {
    @Override
    public void done(SharedLookup lookup, Known last) {
      // Nobody remembers it.
    }

    @Override
    public void dropped(SharedLookup lookup) {
      if (queued == null) {
        throw new AssertionError("it has begun");
      }
    }
  }
}
