package io.heagent.agent.observe;

import io.heagent.engine.address.AddressText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code mode=observe} has seen: connects that would have been raced, each with its time and
 * its end, and what a race is likely to have brought.
 *
 * <p><b>The estimate.</b> A race would not have changed a connect that ended within its delay. For
 * a connect that took longer, a race would have dialled another address when the delay was over.
 * That address would have answered after the average time of the connects of this process that
 * ended within their delay. So the race would have ended after the delay and that average, provided
 * that the other address answers; the time that the connect took beyond that would have been saved.
 * The same time is counted for a connect that has failed, which might have connected.
 *
 * <p>Any thread; this object's monitor guards everything, and nothing is taken inside it.
 */
public final class ObservedHosts {

  /** Further hosts are counted together: the names of a crawler have no end. */
  static final int MOST_HOSTS = 1_000;

  private static final String REST = "(other hosts)";
  private static final long MILLI = 1_000_000L;

  private final Map<String, Host> hosts = new TreeMap<>();
  private final Host all = new Host();

  /** The connects that answered within their delay, and the sum of their times. */
  private long quick;

  private long quickNanos;

  /** What was seen of one host, or of all. */
  private static final class Host {
    long connects;
    long slow;
    long failed;
    long waitedNanos;
    long savableNanos;

    void add(boolean connected, boolean late, long tookNanos, long savable) {
      connects++;
      slow += connected && late ? 1 : 0;
      failed += connected ? 0 : 1;
      waitedNanos += connected && !late ? 0 : tookNanos;
      savableNanos += savable;
    }

    String text() {
      return connects
          + " connects, of which "
          + slow
          + " were late and "
          + failed
          + " failed, after "
          + waitedNanos / MILLI
          + " ms in all; with another address that answers, racing would have saved about "
          + savableNanos / MILLI
          + " ms";
    }
  }

  /**
   * A connect that would have been raced is over.
   *
   * @param delayNanos after which a race would have dialled another address
   */
  public synchronized void ended(
      String host, int port, boolean connected, long tookNanos, long delayNanos) {
    boolean late = tookNanos > delayNanos;
    if (connected && !late) {
      quick++;
      quickNanos += tookNanos;
    }
    long usual = quick == 0 ? 0 : quickNanos / quick;
    long savable = late ? Math.max(0, tookNanos - delayNanos - usual) : 0;
    all.add(connected, late, tookNanos, savable);
    String name = AddressText.hostAndPort(host, port);
    if (hosts.size() >= MOST_HOSTS && !hosts.containsKey(name)) {
      name = REST;
    }
    hosts.computeIfAbsent(name, unused -> new Host()).add(connected, late, tookNanos, savable);
  }

  /** One line on everything; null if nothing was seen. */
  public synchronized String summary() {
    return all.connects == 0 ? null : "observed " + all.text();
  }

  /** One line for each host, those that waited longest first. */
  public synchronized List<String> perHost() {
    List<Map.Entry<String, Host>> sorted = new ArrayList<>(hosts.entrySet());
    sorted.sort(
        (one, other) -> Long.compare(other.getValue().waitedNanos, one.getValue().waitedNanos));
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Host> host : sorted) {
      lines.add("observed " + host.getKey() + ": " + host.getValue().text());
    }
    return lines;
  }

  public synchronized long connects() {
    return all.connects;
  }

  /** How many connects have succeeded after their delay, when a race would have dialled on. */
  public synchronized long slow() {
    return all.slow;
  }

  public synchronized long failed() {
    return all.failed;
  }

  /** How long the slow and the failed connects took, in milliseconds. */
  public synchronized long waitedMillis() {
    return all.waitedNanos / MILLI;
  }

  /** The time that races would have saved, in milliseconds, as estimated. */
  public synchronized long savableMillis() {
    return all.savableNanos / MILLI;
  }
}
