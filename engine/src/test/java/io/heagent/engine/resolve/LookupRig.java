package io.heagent.engine.resolve;

import io.heagent.engine.time.VirtualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** A resolver on a virtual clock, whose look-ups the test runs on its own thread. */
class LookupRig {
  private static final LookupLimits SMALL = new LookupLimits(2, 4, 2, 2, 2_000_000_000L);

  final VirtualTime time = new VirtualTime();

  /** Look-ups that are on a thread; each is made when the test runs it. */
  final Deque<Runnable> threads = new ArrayDeque<>();

  final List<String> asked = new ArrayList<>();

  /** What listeners have thrown. */
  final List<Throwable> troubles = new ArrayList<>();

  SystemResolver resolver = resolver(EnumSet.of(Question.BOTH), threads::add);

  final Answers ask(String host) {
    Answers answers = new Answers(time);
    resolver.resolve(host, answers);
    return answers;
  }

  final SystemResolver resolver(Set<Question> questions, Executor executor) {
    FamilyLookup lookup =
        new FamilyLookup() {
          @Override
          public Set<Question> questions() {
            return questions;
          }

          @Override
          public List<InetAddress> find(String host, Question question)
              throws UnknownHostException {
            asked.add(host + " " + question);
            if (host.equals("unknown")) {
              throw new UnknownHostException(host);
            }
            return Answers.of(
                switch (question) {
                  case IPV6 -> "a";
                  case IPV4 -> "B";
                  case BOTH -> "aB";
                });
          }
        };
    return new SystemResolver(
        lookup, executor, time, SMALL, (thread, thrown) -> troubles.add(thrown));
  }
}
