package io.heagent.agent.observe;

import io.heagent.agent.log.Faults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been counted since the agent began, by name, for whoever shows it: JMX, {@code status}.
 * Any thread. The numbers are read one after the other while connects go on.
 */
public final class Statistics {

  /** What is not counted but known at present. Any thread may ask. */
  public interface Present {

    /** How many addresses history takes for dead. */
    int deadAddresses();

    /** The addresses that fail again and again while other addresses of their names answer. */
    List<String> brokenAddresses();

    /** What {@code mode=observe} has seen. */
    ObservedHosts observed();
  }

  private final Observer observer;
  private final Present present;

  public Statistics(Observer observer, Present present) {
    this.observer = observer;
    this.present = present;
  }

  /** Races that have ended: won, failed or cancelled. */
  public long races() {
    return observer.get(Count.RACES);
  }

  /** Races that the first address dialled has won. */
  public long wonByFirst() {
    return observer.get(Count.WON_FIRST);
  }

  /** Races that the second address dialled has won. */
  public long wonBySecond() {
    return observer.get(Count.WON_SECOND);
  }

  /** Races that the third address dialled, or a later one, has won. */
  public long wonByLater() {
    return observer.get(Count.WON_LATER);
  }

  public long wonOverIpv4() {
    return observer.get(Count.WON_IPV4);
  }

  public long wonOverIpv6() {
    return observer.get(Count.WON_IPV6);
  }

  /** Races in which no address has connected within the program's time. */
  public long failed() {
    return observer.get(Count.FAILED);
  }

  /** Races that the program has ended. */
  public long cancelled() {
    return observer.get(Count.CANCELLED);
  }

  /** See {@link SavedTime}. */
  public long savedMillis() {
    return observer.get(Count.SAVED_MILLIS);
  }

  /** Races won after the requested address had failed. */
  public long failuresAvoided() {
    return observer.get(Count.FAILURES_AVOIDED);
  }

  /** Attempts that the program would not have made: each sends a SYN. */
  public long extraAttempts() {
    return observer.get(Count.EXTRA_ATTEMPTS);
  }

  /** Races that left the other addresses to the program, which seemed to race by itself. */
  public long stoodDown() {
    return observer.get(Count.STOOD_DOWN);
  }

  /** Races that began with another address than the requested one. */
  public long reordered() {
    return observer.get(Count.REORDERED);
  }

  /** Addresses that the scope guard has kept races from. */
  public long guardRefusals() {
    return observer.get(Count.GUARD_REFUSALS);
  }

  /** Unexpected failures of the agent, after each of which the JDK's own code went on. */
  public long failedOpen() {
    return Faults.count();
  }

  /** Addresses that history takes for dead at present. */
  public long deadAddresses() {
    return present.deadAddresses();
  }

  /** Addresses that fail again and again while other addresses of their names answer. */
  public List<String> brokenAddresses() {
    return present.brokenAddresses();
  }

  /** What {@code mode=observe} has seen. */
  public ObservedHosts observed() {
    return present.observed();
  }

  /** The connects that were left alone, by reason, those without any included. */
  public Map<Reason, Long> leftAlone() {
    Map<Reason, Long> all = new LinkedHashMap<>();
    for (Reason reason : Reason.values()) {
      all.put(reason, observer.get(Count.LEFT_ALONE + reason.place()));
    }
    return all;
  }
}
