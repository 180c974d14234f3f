package io.heagent.agent.connect;

import io.heagent.agent.config.Layers;
import io.heagent.agent.config.Settings;
import io.heagent.agent.config.file.SettingsFile;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.admission.HistoryRegistry;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.log.Faults;
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

  /** What to say of an agent that waits for connects before it leaves. */
  public static final String LEAVING = "the agent is leaving";

  private final AgentRuntime runtime;
  private Layers layers;

  /**
   * Whether a thread is about to have the agent leave. Guarded by the monitor, as the layers are.
   */
  private boolean detaching;

  /** Guarded by the monitor, as the layers are. */
  private final List<Runnable> whenLeaving = new ArrayList<>();

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
    // The JVM can load the hook's class only once the bridge is exported to the agent.
    LateBridge.startHook();
    return ConnectHook.steering();
  }

  /** What has been counted so far. */
  public Statistics statistics() {
    return runtime.oversight().statistics();
  }

  /** The settings in force, by the places that they come from. */
  public Layers layers() {
    // Outside of the monitor, which the thread that looks at the file takes.
    runtime.settings().get();
    synchronized (this) {
      return layers;
    }
  }

  /**
   * The file with settings has changed. A bad file keeps the settings of before, and one line says
   * so.
   */
  void fileChanged(SettingsFile file) {
    try {
      for (String unwise : change(present -> present.withFile(file))) {
        Log.warn(unwise);
      }
      List<String> overridden = layers().overridden();
      Log.info(
          "config="
              + file.path()
              + " has changed; it holds for connects from now on"
              + (overridden.isEmpty() ? "" : ", but not its " + String.join(", ", overridden)));
    } catch (IllegalArgumentException notAllowed) {
      Log.warn(notAllowed.getMessage() + "; the settings of before apply");
    } catch (IllegalStateException leaving) {
      // Whoever detaches the agent has been told so.
      Faults.ignored(leaving);
    }
  }

  /**
   * Changes settings by hand, for all connects that begin from now on: all of them or none.
   *
   * @param how what the log says of it, before the items
   * @param items settings, each as {@code name=value}, or several with commas between them
   * @return as {@link #change}
   */
  public List<String> set(String how, List<String> items) {
    List<String> unwise = change(present -> present.with(items));
    Log.info(how + " " + String.join(",", items));
    return unwise;
  }

  /**
   * Changes the settings for all connects that begin from now on, all at once.
   *
   * @param step makes the new layers of the present ones
   * @return one line for each setting that is allowed but unwise, and was not so before
   * @throws IllegalArgumentException if something is not allowed, and nothing has changed; the
   *     message is one line for people
   * @throws IllegalStateException if the agent leaves this JVM, and nothing has changed; the same
   *     holds for its message
   */
  synchronized List<String> change(UnaryOperator<Layers> step) {
    if (isLeaving()) {
      throw new IllegalStateException(LEAVING + "; nothing has changed");
    }
    Layers next = step.apply(layers);
    Settings settings = next.settings();
    if (!settings.logFile().equals(layers.settings().logFile())) {
      String fault = Log.fault(settings.logFile());
      if (fault != null) {
        throw new IllegalArgumentException(fault);
      }
    }
    List<String> unwise = new ArrayList<>(next.warnings());
    unwise.removeAll(layers.warnings());
    layers = next;
    runtime.settings().obey(settings);
    Log.setLevel(settings.log());
    Log.setFile(settings.logFile());
    keepHistories(settings);
    return unwise;
  }

  private void keepHistories(Settings settings) {
    HistoryRegistry histories = runtime.historiesIfMade();
    if (histories == null) {
      return;
    }
    List<RaceRule> rules = new ArrayList<>();
    rules.add(settings.global());
    for (Settings.HostBlock block : settings.blocks()) {
      rules.add(block.rule());
    }
    histories.keep(rules);
  }

  /**
   * From now on no race begins; those under way go on to their ends. The caller has the agent
   * leave.
   *
   * @return whether no other caller is about to
   */
  public synchronized boolean leave() {
    boolean first = !detaching;
    detaching = true;
    runtime.leave();
    return first;
  }

  /** Whoever has called {@link #leave} could not finish: another caller may. */
  public synchronized void leaveLater() {
    detaching = false;
  }

  /** Whether {@link #leave} was called. */
  public boolean isLeaving() {
    return runtime.isLeaving();
  }

  /** Whether nothing of a race is under way on any channel or selector of the JDK. */
  public boolean isQuiet() {
    return runtime.isQuiet();
  }

  /** Whether any thread is inside a connect that is raced. */
  public boolean isConnecting() {
    return CallStack.underWay() > 0;
  }

  /**
   * Has something done when the agent leaves this JVM, once nothing is raced any more and before
   * its threads end.
   */
  public synchronized void whenLeaving(Runnable task) {
    whenLeaving.add(task);
  }

  /**
   * Has the hooks do nothing, and the threads end. To be called once all is quiet; a second call
   * does what the first one could not.
   */
  public void end() {
    LateBridge.leave();
    List<Runnable> tasks;
    synchronized (this) {
      tasks = List.copyOf(whenLeaving);
    }
    for (Runnable task : tasks) {
      try {
        task.run();
      } catch (RuntimeException | Error unexpected) {
        Faults.unexpected(unexpected);
      }
    }
    runtime.end();
  }

  /** Has the bridge forget the agent, so that another one may come. */
  public void forget() {
    LateBridge.answerNoMore();
  }

  /** Forgets which addresses have answered and which have not. */
  public void forgetHistory() {
    HistoryRegistry histories = runtime.historiesIfMade();
    if (histories != null) {
      histories.run();
    }
  }
}
