package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RaceEnd;
import io.heagent.agent.connect.call.RaceObservation;
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
 * Reports the attempts of one race: to the program, to people, and to the history. Guarded as its
 * race is.
 */
public final class AttemptReport {

  private final RaceEnvironment environment;
  private final SystemCalls system;
  private final ConnectCall call;
  private final RaceCore core;
  private final List<DescriptorAttempt> started;

  /**
   * The report of a race that begins.
   *
   * @param started the race's attempts, in the order of the core's records; the race adds further
   *     ones
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
   * One record for each attempt. The core has one more if the agent failed after the core had
   * counted an attempt and before the attempt was made.
   */
  private List<AttemptRecord> records() {
    List<AttemptRecord> records = core.attempts();
    return records.size() > started.size() ? records.subList(0, started.size()) : records;
  }

  /** The attempts with their outcomes, for messages. */
  List<TriedAddress> tried() {
    return tried(records());
  }

  private List<TriedAddress> tried(List<AttemptRecord> records) {
    List<TriedAddress> tried = new ArrayList<>(started.size());
    long now = system.nanoTime();
    for (AttemptRecord record : records) {
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
   * For each address that was silent to the end: how long the race waited for it, in nanoseconds;
   * {@link ConnectCall#NEVER} if the system itself has given up.
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
   * By how much the failed race took longer than a connect to the requested address alone, in
   * nanoseconds; 0 if that address was silent to the end.
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

  /** The outcome of a failed race, for the coordination with other connects. */
  public ConnectOutcome outcome() {
    return ConnectOutcome.failed(addresses(), silent(), late());
  }

  /**
   * The exception of a failed race for the program. A race calls this once. If there were no
   * siblings, the program gets exactly the exception that it gets without the agent; the same holds
   * if its timeout ended the wait for a look-up, because its address had failed by then.
   */
  public IOException toBeTold() {
    List<TriedAddress> tried = tried();
    if (tried.size() == 1) {
      return tried.get(0).cause() instanceof IOException failure
          ? StackTraceCleaner.cleaned(failure)
          : RaceFailure.timeout();
    }
    IOException failure = failure();
    log(RaceEnd.NONE);
    return failure;
  }

  /** The failure of a race over several addresses. */
  public IOException failure() {
    List<TriedAddress> tried = tried();
    if (areAllRefused(tried)) {
      environment
          .refusals()
          .add(call.request.host(), call.request.port(), call.requested(), system.nanoTime());
    }
    return environment.failures().of(call, tried, requested());
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

  /** The index of the attempt at the requested address; -1 if it has not been dialled. */
  private int requested() {
    return addresses().indexOf(call.requested());
  }

  /**
   * Reports that the address dialled first, at {@code startedAt}, has answered now, before any
   * other was dialled.
   */
  public static void answered(
      RaceEnvironment environment,
      ConnectCall call,
      InetAddress address,
      long startedAt,
      long now) {
    if (call.history() != null) {
      call.history().won(address, now - startedAt);
    }
    environment.brokenPaths().answered(address);
    RaceObservation.wonAlone(environment.observer(), call, address, now);
  }

  /**
   * Tells the history the outcomes of the attempts, and the reporter of broken addresses. An
   * attempt without an outcome says nothing about its address.
   *
   * @param end how the race has ended for the program
   */
  void remember(RaceEnd end, long now) {
    List<InetAddress> tried = addresses();
    List<AttemptRecord> met = end.met(tried, records());
    RaceObservation.ended(environment.observer(), call, end, tried, met, now);
    if (call.history() != null) {
      call.history().record(tried, records());
    }
    environment
        .brokenPaths()
        .ended(call.request.host(), call.request.port(), tried, records(), now);
  }

  /**
   * Prints one line at {@code log=debug}. Never throws.
   *
   * @param end how the race has ended for the program, as far as that is known
   */
  public void log(RaceEnd end) {
    try {
      if (Log.isDebug()) {
        List<TriedAddress> tried = tried(end.met(addresses(), records()));
        Log.debug(FailureText.message(null, call.request.host(), call.request.port(), tried));
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
