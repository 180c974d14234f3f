package io.heagent.agent.connect;

import io.heagent.agent.config.Settings;
import io.heagent.agent.connect.admission.HistoryRegistry;
import io.heagent.agent.connect.watch.Watcher;
import io.heagent.agent.observe.Controls;
import io.heagent.agent.observe.ObservedHosts;
import io.heagent.agent.observe.Statistics;
import io.heagent.agent.observe.jmx.BeanRegistration;
import java.util.List;

/** What JMX may ask and change of the connects of this JVM. Any thread. */
final class Oversight implements Controls, Statistics.Present {

  private final AgentRuntime runtime;
  private final Statistics statistics;

  /**
   * Made when somebody looks for the server, because there may be no module java.management.
   * Guarded by this object's monitor, inside which nothing else is taken.
   */
  private BeanRegistration registration;

  Oversight(AgentRuntime runtime) {
    this.runtime = runtime;
    this.statistics = new Statistics(runtime.observer(), this);
  }

  Statistics statistics() {
    return statistics;
  }

  /** Has the MBean registered, if the program has a server for it by now. */
  void look() {
    if (registration().look()) {
      runtime.observer().endLooking();
    }
  }

  /** The agent leaves this JVM: takes the MBean away, if one was ever registered. */
  void end() {
    BeanRegistration made;
    synchronized (this) {
      made = registration;
    }
    if (made != null) {
      made.end();
    }
  }

  private synchronized BeanRegistration registration() {
    if (registration == null) {
      registration = new BeanRegistration(statistics, this);
    }
    return registration;
  }

  @Override
  public List<String> set(List<String> items) {
    return runtime.steering().set("set by JMX:", items);
  }

  @Override
  public String mode() {
    Settings settings = runtime.settings().get();
    if (!settings.enabled() || !settings.global().race()) {
      return "off";
    }
    return settings.global().observe() ? "observe" : "race";
  }

  @Override
  public void forgetHistory() {
    runtime.steering().forgetHistory();
  }

  @Override
  public int deadAddresses() {
    HistoryRegistry histories = runtime.historiesIfMade();
    return histories == null ? 0 : histories.suspects();
  }

  @Override
  public ObservedHosts observed() {
    ConnectSteps steps = runtime.stepsIfMade();
    Watcher watcher = steps == null ? null : steps.watcherIfMade();
    return watcher == null ? new ObservedHosts() : watcher.observed();
  }

  @Override
  public List<String> brokenAddresses() {
    ConnectSteps steps = runtime.stepsIfMade();
    return steps == null ? List.of() : steps.races().brokenPaths().broken(System.nanoTime());
  }
}
