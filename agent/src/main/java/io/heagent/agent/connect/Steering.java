package io.heagent.agent.connect;

import io.heagent.agent.config.Layers;
import io.heagent.agent.config.Settings;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.log.Log;
import io.heagent.agent.observe.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What may be asked of the connects of this JVM, and changed about them, while the program runs.
 * Every change of the settings comes through {@link #change}: by command, by JMX, or because the
 * watched file has changed. Any thread.
 *
 * <p>Lock: this object's monitor guards the layers, and orders changes. Inside it settings are
 * read, which takes no lock; connects never enter it.
 */
public final class Steering {

  private final AgentRuntime runtime;
  private Layers layers;

  Steering(AgentRuntime runtime, Layers layers) {
    this.runtime = runtime;
    this.layers = layers;
  }

  /**
   * The one of this JVM. Makes the agent's part of the hooks, if no connect has made it yet.
   *
   * @return null where nothing is raced
   */
  public static Steering ofJvm() {
    return ConnectHook.steering();
  }

  /** What has been counted so far. */
  public Statistics statistics() {
    return runtime.oversight().statistics();
  }

  /** The settings in force, by the places that they come from. */
  public synchronized Layers layers() {
    return layers;
  }

  /**
   * Changes the settings for all connects that begin from now on, all at once.
   *
   * @param step makes the new layers of the present ones; if it throws, nothing has changed
   * @return the new layers
   */
  public synchronized Layers change(UnaryOperator<Layers> step) {
    Layers next = step.apply(layers);
    Settings settings = next.settings();
    layers = next;
    runtime.obey(settings);
    Log.setLevel(settings.log());
    Log.setFile(settings.logFile());
    keepHistories(settings);
    return next;
  }

  private void keepHistories(Settings settings) {
    ConnectSteps steps = runtime.stepsIfMade();
    if (steps == null) {
      return;
    }
    List<RaceRule> rules = new ArrayList<>();
    rules.add(settings.global());
    for (Settings.HostBlock block : settings.blocks()) {
      rules.add(block.rule());
    }
    steps.admission().histories.keep(rules);
  }

  /** How many connects that may be raced are under way, for people. */
  public List<String> reports() {
    List<String> lines = new ArrayList<>();
    lines.add("connects under way that may be raced: " + CallStack.underWay());
    return lines;
  }

  /** Forgets which addresses have answered and which have not. */
  public void forgetHistory() {
    ConnectSteps steps = runtime.stepsIfMade();
    if (steps != null) {
      steps.admission().histories.run();
    }
  }
}
