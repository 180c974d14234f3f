package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.history.FailureKind;
import io.heagent.engine.report.FailureText;
import io.heagent.engine.report.TriedAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has become of the attempts of one race: for the program, for people, and for what is
 * remembered. Confined as its race.
 */
public final class AttemptReport {

  private final RaceEnvironment environment;
  private final SystemCalls system;
  private final ConnectCall call;
  private final RaceCore core;
  private final List<DescriptorAttempt> started;

  /**
   * Of a race that begins.
   *
   * @param started its attempts, in the order of the core's records; grows as more are started
   */
  public AttemptReport(
      RaceEnvironment environment,
      ConnectCall call,
      RaceCore core,
      List<DescriptorAttempt> started) {
    this.environment = environment;
    this.system = environment.system();
    this.call = call;
    this.core = core;
    this.started = started;
  }

  /**
   * One for each of them. Where a failure of ours came between the core and an attempt, the core
   * has one more.
   */
  private List<AttemptRecord> records() {
    List<AttemptRecord> records = core.attempts();
    return records.size() > started.size() ? records.subList(0, started.size()) : records;
  }

  /** What became of them, for people. */
  List<TriedAddress> tried() {
    List<TriedAddress> tried = new ArrayList<>(started.size());
    long now = system.nanoTime();
    for (AttemptRecord record : records()) {
      long end = record.endNanos() == RaceCore.NEVER ? now : record.endNanos();
      tried.add(
          new TriedAddress(
              started.get(record.index()).address,
              record.outcome(),
              (end - record.startNanos()) / 1_000_000L,
              record.cause()));
    }
    return tried;
  }

  /** The addresses tried, in start order. */
  public List<InetAddress> addresses() {
    List<InetAddress> addresses = new ArrayList<>(started.size());
    for (DescriptorAttempt attempt : started) {
      addresses.add(attempt.address);
    }
    return addresses;
  }

  /**
   * For how long those were waited for that were silent to the end, in nanoseconds; {@link
   * ConnectCall#NEVER} where the system itself has given up on one.
   */
  public Map<InetAddress, Long> silent() {
    Map<InetAddress, Long> silent = new HashMap<>();
    long now = system.nanoTime();
    for (AttemptRecord record : records()) {
      InetAddress address = started.get(record.index()).address;
      if (record.endNanos() == RaceCore.NEVER) {
        silent.put(address, now - record.startNanos());
      } else if (record.outcome() == Outcome.TIMED_OUT) {
        silent.put(address, record.endNanos() - record.startNanos());
      } else if (record.outcome() == Outcome.FAILED
          && FailureKind.of(record.cause()) == FailureKind.UNANSWERED) {
        silent.put(address, ConnectCall.NEVER);
      }
    }
    return silent;
  }

  /**
   * By how much the failed race was longer than the connect to the requested address alone, in
   * nanoseconds; 0 where that said nothing to the end.
   */
  private long late() {
    int index = requested();
    List<AttemptRecord> all = core.attempts();
    if (index < 0 || all.get(index).outcome() != Outcome.FAILED) {
      return 0;
    }
    AttemptRecord own = all.get(index);
    long race = system.nanoTime() - all.get(0).startNanos();
    return race - (own.endNanos() - own.startNanos());
  }

  /** What other connects are to know of a race that has failed. */
  public ConnectOutcome outcome() {
    return ConnectOutcome.failed(addresses(), silent(), late());
  }

  /**
   * The failure of a race that has failed, as the program is told it, once. Where there were no
   * siblings it sees what it sees without the agent, to the letter; so it does where its timeout
   * ends the wait for a look-up, as the address had its answer.
   */
  public IOException toBeTold() {
    List<TriedAddress> tried = tried();
    if (tried.size() == 1) {
      return tried.get(0).cause() instanceof IOException failure
          ? StackTraceCleaner.cleaned(failure)
          : RaceFailure.timeout();
    }
    IOException failure = failure();
    log();
    return failure;
  }

  /** The failure of a race over several addresses. */
  public IOException failure() {
    List<TriedAddress> tried = tried();
    if (areAllRefused(tried)) {
      environment.refusals().add(call.host, call.port, call.requested(), system.nanoTime());
    }
    return RaceFailure.of(call, tried, requested());
  }

  /** Whether the requested address was dialled first, others after it, and all have refused. */
  private boolean areAllRefused(List<TriedAddress> tried) {
    if (tried.size() < 2 || !tried.get(0).address().equals(call.requested())) {
      return false;
    }
    for (TriedAddress each : tried) {
      if (FailureKind.of(each.cause()) != FailureKind.REFUSED) {
        return false;
      }
    }
    return true;
  }

  /** The index of the attempt at the requested address; -1 where it has not had its turn. */
  private int requested() {
    return addresses().indexOf(call.requested());
  }

  /** The address dialled first has answered, so late, before any other was dialled. */
  public static void answered(
      RaceEnvironment environment, ConnectCall call, InetAddress address, long nanos) {
    if (call.history() != null) {
      call.history().won(address, nanos);
    }
    environment.brokenPaths().answered(address);
  }

  /**
   * Has what became of them remembered, and people told of broken addresses. What is undecided says
   * nothing of an address.
   */
  void remember(long now) {
    List<InetAddress> tried = addresses();
    if (call.history() != null) {
      call.history().record(tried, records());
    }
    environment.brokenPaths().ended(call.host, call.port, tried, records(), now);
  }

  /** One line at {@code log=debug}. Throws nothing. */
  public void log() {
    try {
      if (Log.isDebug()) {
        Log.debug(FailureText.message(null, call.host, call.port, tried()));
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
