package io.heagent.agent.observe.jfr;

import io.heagent.agent.log.Faults;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.engine.address.AddressText;
import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One race that is recorded, and its attempts. Guarded as the race is. */
final class FlightRace implements RaceTrace {

  private final RaceEvent event = new RaceEvent();

  /** In the order of their starts; null in place of one that has ended, or could not begin. */
  private final List<AttemptEvent> attempts = new ArrayList<>(4);

  /** The attempt that is about to begin; null for none. */
  private AttemptEvent next;

  FlightRace(long number, String host, int port, String kind) {
    event.race = number;
    event.host = host;
    event.port = port;
    event.socket = lower(kind);
    event.begin();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public void starting() {
    try {
      next = new AttemptEvent();
      next.begin();
    } catch (RuntimeException | Error unexpected) {
      Faults.ignored(unexpected);
    }
  }

  @Override
  public void started(InetAddress address) {
    try {
      AttemptEvent attempt = next;
      next = null;
      if (attempt != null) {
        attempt.race = event.race;
        attempt.attempt = attempts.size() + 1;
        attempt.host = event.host;
        attempt.port = event.port;
        attempt.address = AddressText.of(address);
      }
      attempts.add(attempt);
    } catch (RuntimeException | Error unexpected) {
      Faults.ignored(unexpected);
    }
  }

  @Override
  public void ended(int number, Outcome outcome, Throwable cause) {
    try {
      AttemptEvent attempt = number < attempts.size() ? attempts.set(number, null) : null;
      if (attempt == null) {
        return;
      }
      attempt.end();
      if (attempt.shouldCommit()) {
        attempt.outcome = lower(outcome.name());
        attempt.cause = cause == null ? null : cause.toString();
        attempt.commit();
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.ignored(unexpected);
    }
  }

  @Override
  public void over(InetAddress winner, String outcome, boolean reordered, boolean stoodDown) {
    try {
      event.end();
      if (event.shouldCommit()) {
        event.outcome = outcome;
        event.winner = winner == null ? null : AddressText.of(winner);
        event.attempts = attempts.size();
        event.reordered = reordered;
        event.stoodDown = stoodDown;
        event.commit();
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.ignored(unexpected);
    }
  }
}
