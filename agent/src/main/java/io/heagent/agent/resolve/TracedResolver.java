package io.heagent.agent.resolve;

import io.heagent.agent.observe.LookupTrace;
import io.heagent.agent.observe.Observer;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A resolver whose look-ups are recorded while the JVM has a flight recorder. Any thread. */
final class TracedResolver implements Resolver {

  private final Resolver resolver;
  private final Observer observer;

  /**
   * @param observer null where nothing is recorded
   */
  TracedResolver(Resolver resolver, Observer observer) {
    this.resolver = resolver;
    this.observer = observer;
  }

  @Override
  public Set<Question> questions() {
    return resolver.questions();
  }

  @Override
  public Query resolve(String host, Listener listener) {
    LookupTrace trace = observer == null ? null : observer.lookup(host);
    return resolver.resolve(
        host, trace == null ? listener : new Traced(listener, trace, resolver.questions()));
  }

  /**
   * Passes events on, and ends the record with the last of them. Its monitor guards what was found;
   * nothing is taken inside.
   */
  private static final class Traced implements Listener {
    private final Listener listener;
    private final LookupTrace trace;
    private final Set<Question> open;
    private final List<InetAddress> found = new ArrayList<>();
    private Throwable failure;

    Traced(Listener listener, LookupTrace trace, Set<Question> questions) {
      this.listener = listener;
      this.trace = trace;
      this.open = EnumSet.copyOf(questions);
    }

    @Override
    public void answer(Question question, List<InetAddress> addresses) {
      note(question, addresses, null);
      listener.answer(question, addresses);
    }

    @Override
    public void failure(Question question, Throwable cause) {
      note(question, List.of(), cause);
      listener.failure(question, cause);
    }

    private synchronized void note(Question question, List<InetAddress> addresses, Throwable why) {
      if (open.isEmpty()) {
        return;
      }
      found.addAll(addresses);
      failure = failure == null ? why : failure;
      open.removeIf(question::settles);
      if (open.isEmpty()) {
        trace.ended(found, found.isEmpty() ? failure : null);
      }
    }
  }
}
