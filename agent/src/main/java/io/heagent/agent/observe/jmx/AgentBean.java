package io.heagent.agent.observe.jmx;

import io.heagent.agent.observe.Controls;
import io.heagent.agent.observe.Reason;
import io.heagent.agent.observe.Statistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers JMX. Any thread. */
final class AgentBean implements AgentMXBean {

  private final Statistics statistics;
  private final Controls controls;

  AgentBean(Statistics statistics, Controls controls) {
    this.statistics = statistics;
    this.controls = controls;
  }

  @Override
  public long getRaces() {
    return statistics.races();
  }

  @Override
  public long getWonByFirst() {
    return statistics.wonByFirst();
  }

  @Override
  public long getWonBySecond() {
    return statistics.wonBySecond();
  }

  @Override
  public long getWonByLater() {
    return statistics.wonByLater();
  }

  @Override
  public long getWonOverIpv4() {
    return statistics.wonOverIpv4();
  }

  @Override
  public long getWonOverIpv6() {
    return statistics.wonOverIpv6();
  }

  @Override
  public long getFailed() {
    return statistics.failed();
  }

  @Override
  public long getCancelled() {
    return statistics.cancelled();
  }

  @Override
  public long getSavedMillis() {
    return statistics.savedMillis();
  }

  @Override
  public long getFailuresAvoided() {
    return statistics.failuresAvoided();
  }

  @Override
  public long getExtraAttempts() {
    return statistics.extraAttempts();
  }

  @Override
  public long getStoodDown() {
    return statistics.stoodDown();
  }

  @Override
  public long getReordered() {
    return statistics.reordered();
  }

  @Override
  public long getGuardRefusals() {
    return statistics.guardRefusals();
  }

  @Override
  public long getFailedOpen() {
    return statistics.failedOpen();
  }

  @Override
  public long getDeadAddresses() {
    return statistics.deadAddresses();
  }

  @Override
  public String[] getBrokenAddresses() {
    return statistics.brokenAddresses().toArray(new String[0]);
  }

  @Override
  public int getBrokenAddressCount() {
    return statistics.brokenAddresses().size();
  }

  @Override
  public Map<String, Long> getLeftAlone() {
    Map<String, Long> words = new TreeMap<>();
    for (Map.Entry<Reason, Long> reason : statistics.leftAlone().entrySet()) {
      words.put(reason.getKey().text(), reason.getValue());
    }
    return words;
  }

  @Override
  public long getObservedConnects() {
    return statistics.observed().connects();
  }

  @Override
  public long getObservedSlow() {
    return statistics.observed().slow();
  }

  @Override
  public long getObservedFailed() {
    return statistics.observed().failed();
  }

  @Override
  public long getObservedWaitedMillis() {
    return statistics.observed().waitedMillis();
  }

  @Override
  public long getObservedSavableMillis() {
    return statistics.observed().savableMillis();
  }

  @Override
  public String[] getObservedHosts() {
    return statistics.observed().perHost().toArray(new String[0]);
  }

  @Override
  public String getMode() {
    return controls.mode();
  }

  @Override
  public void setMode(String mode) {
    set("mode=" + mode);
  }

  @Override
  public String set(String settings) {
    return String.join("\n", controls.set(List.of(settings)));
  }

  @Override
  public void forgetHistory() {
    controls.forgetHistory();
  }
}
