package io.heagent.agent.control;

import io.heagent.agent.connect.Steering;
import io.heagent.agent.log.Log;
import java.util.ArrayList;
import java.util.List;

/**
 * The one way in for people who change rules while the program runs, by a command or by JMX. Any
 * thread.
 */
public final class RulesControl {

  private final Steering steering;

  private RulesControl(Steering steering) {
    this.steering = steering;
  }

  /** The one of this JVM; null where nothing is raced. */
  public static RulesControl ofJvm() {
    Steering steering = Steering.ofJvm();
    return steering == null ? null : new RulesControl(steering);
  }

  /**
   * Changes settings for all connects that begin from now on. Either all of them change or none.
   *
   * @param items settings, each as {@code name=value}, or several with commas between them
   * @return one line for each setting that is allowed but unwise, and was not so before
   * @throws IllegalArgumentException if any of them is not allowed, or cannot change while the
   *     program runs; the message is one line for people
   */
  public List<String> set(List<String> items) {
    List<String> before = steering.layers().warnings();
    List<String> warnings =
        new ArrayList<>(steering.change(layers -> layers.with(items)).warnings());
    warnings.removeAll(before);
    Log.info("set " + String.join(",", items));
    return warnings;
  }

  /** Whether the agent is to leave this JVM, and no connect begins any more that is raced. */
  boolean isLeaving() {
    return steering.isLeaving();
  }

  /** Forgets which addresses have answered and which have not. */
  public void forgetHistory() {
    steering.forgetHistory();
  }
}
