package io.heagent.agent.check;

import io.heagent.agent.check.result.AttemptSpan;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.LeftOut;
import io.heagent.agent.check.result.LeftOut.Reason;
import io.heagent.agent.check.result.LookupSpan;
import io.heagent.engine.address.AddressText;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.race.ConnectListener;
import io.heagent.engine.report.FailureText;
import io.heagent.engine.report.TriedAddress;
import io.heagent.engine.resolve.Question;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Records what the engine and the resolver report of one race, each event with its time. Events
 * come from several threads, so this object's monitor guards everything that is not final. The
 * progress is told under that monitor, and takes only its own lock.
 */
final class RaceRecorder implements ConnectListener {

  private static final long MILLI = 1_000_000L;

  private final LongSupplier clock;
  private final Question preferred;
  private final Consumer<String> progress;
  private final long begin;
  private final List<LookupSpan> lookups = new ArrayList<>();
  private final List<AttemptSpan> attempts = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<InetAddress> allowed = new ArrayList<>();

  /** The first address of each answer that had one. */
  private final Map<Question, InetAddress> firsts = new EnumMap<>(Question.class);

  /** When the race ended; -1 while it runs. Later events do not belong to it. */
  private long ended = -1;

  /**
   * Begins to record a race.
   *
   * @param clock the time in nanoseconds, as {@link System#nanoTime}
   * @param preferred the family whose addresses the JDK puts first; both if it is asked for both
   * @param progress is told what is under way
   */
  RaceRecorder(LongSupplier clock, Question preferred, Consumer<String> progress) {
    this.clock = clock;
    this.preferred = preferred;
    this.progress = progress;
    this.begin = clock.getAsLong();
  }

  private long now() {
    return clock.getAsLong() - begin;
  }

  /** Called when the resolver is asked these questions. */
  synchronized void asked(Set<Question> questions) {
    for (Question question : EnumSet.copyOf(questions)) {
      lookups.add(new LookupSpan(words(question), now(), -1, List.of(), LookupSpan.NO_ANSWER));
    }
    progress.accept("looking up");
  }

  /** Called when the resolver has answered. */
  synchronized void answered(
      Question question, List<InetAddress> addresses, CandidateSieve.Sifted sifted) {
    if (isHeard()) {
      end(question, List.copyOf(addresses), null);
      leftOut.addAll(sifted.leftOut());
      allowed.addAll(sifted.allowed());
      if (!addresses.isEmpty()) {
        // Not the first that is allowed: no option of a check restrains a program.
        firsts.put(question, addresses.get(0));
      }
    }
  }

  /**
   * Whether an answer counts: while the race runs; and after it, if the race has not waited for it
   * because another answer had an address. A program without the agent waits for both.
   */
  private boolean isHeard() {
    return ended < 0 || !firsts.isEmpty();
  }

  /** Called when the resolver could not answer. */
  synchronized void unanswered(Question question) {
    if (isHeard()) {
      // Of one family alone the JDK tells as a failure that the name has no such address.
      end(question, List.of(), question == Question.BOTH ? "failed" : "no address");
    }
  }

  private void end(Question question, List<InetAddress> addresses, String failure) {
    for (int i = 0; i < lookups.size(); i++) {
      LookupSpan asked = lookups.get(i);
      if (asked.what().equals(words(question))) {
        lookups.set(i, new LookupSpan(asked.what(), asked.startNanos(), now(), addresses, failure));
      }
    }
    notifyAll();
  }

  /**
   * Waits for the answers that the race has not waited for.
   *
   * @param nanos the longest time, from the beginning of the race
   */
  synchronized void awaitAnswers(long nanos) throws InterruptedException {
    for (long left = nanos - now(); isAnyLate() && left > 0; left = nanos - now()) {
      progress.accept("waiting for a late answer");
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private boolean isAnyLate() {
    return !firsts.isEmpty() && lookups.stream().anyMatch(span -> span.endNanos() < 0);
  }

  /** The address that a program on the JDK alone dials; null if there is none. */
  private InetAddress first() {
    for (Question question : List.of(Question.BOTH, preferred)) {
      if (firsts.containsKey(question)) {
        return firsts.get(question);
      }
    }
    return firsts.values().stream().findFirst().orElse(null);
  }

  private static String words(Question question) {
    if (question == Question.BOTH) {
      return "IPv4 and IPv6";
    }
    return question == Question.IPV4 ? "IPv4" : "IPv6";
  }

  @Override
  public synchronized void started(int attempt, InetSocketAddress remote, InetAddress local) {
    attempts.add(
        new AttemptSpan(
            attempt, remote.getAddress(), null, now(), -1, Outcome.RUNNING, "still pending"));
    progress.accept(
        attempts.stream()
            .filter(span -> span.outcome() == Outcome.RUNNING)
            .map(span -> AddressText.of(span.remote()))
            .collect(Collectors.joining(", ", "waiting for ", "")));
  }

  @Override
  public synchronized void failed(
      int attempt, InetSocketAddress remote, Throwable cause, long millis) {
    end(attempt, Outcome.FAILED, cause);
  }

  @Override
  public synchronized void lost(
      int attempt, InetSocketAddress remote, Outcome reason, long millis) {
    end(attempt, reason, null);
  }

  @Override
  public synchronized void won(int attempt, InetSocketAddress remote, long millis) {
    end(attempt, Outcome.WON, null);
  }

  private void end(int attempt, Outcome outcome, Throwable cause) {
    AttemptSpan span = attempts.get(attempt);
    long now = now();
    TriedAddress tried =
        new TriedAddress(span.remote(), outcome, (now - span.startNanos()) / MILLI, cause);
    attempts.set(
        attempt,
        new AttemptSpan(
            attempt,
            span.remote(),
            null,
            span.startNanos(),
            now,
            outcome,
            FailureText.words(tried)));
  }

  @Override
  public synchronized void finished(String host, int port, int count) {
    ended = now();
  }

  /**
   * The recorded race, once it is over.
   *
   * @param failure the message that the engine gave its caller; null for none
   * @param sources the address from which this host connects to another one; null if there is none
   */
  synchronized CheckedRace race(
      CheckedRace.End end, String failure, Function<InetAddress, InetAddress> sources) {
    List<LookupSpan> asked = new ArrayList<>();
    long waited = firsts.isEmpty() ? ended : now();
    for (LookupSpan span : lookups) {
      long last = span.endNanos() < 0 ? waited : span.endNanos();
      asked.add(
          new LookupSpan(span.what(), span.startNanos(), last, span.addresses(), span.failure()));
    }
    List<AttemptSpan> tried = new ArrayList<>();
    for (AttemptSpan span : attempts) {
      tried.add(
          new AttemptSpan(
              span.index(),
              span.remote(),
              sources.apply(span.remote()),
              span.startNanos(),
              span.endNanos(),
              span.outcome(),
              span.words()));
    }
    return new CheckedRace(asked, tried, allLeftOut(), end, ended, failure, first(), null);
  }

  private List<LeftOut> allLeftOut() {
    Set<InetAddress> tried = attempts.stream().map(AttemptSpan::remote).collect(Collectors.toSet());
    Set<LeftOut> all = new LinkedHashSet<>(leftOut);
    for (InetAddress address : new LinkedHashSet<>(allowed)) {
      if (!tried.contains(address)) {
        all.add(new LeftOut(address, Reason.TURN, "the race was over before its turn had come"));
      }
    }
    return List.copyOf(all);
  }
}
