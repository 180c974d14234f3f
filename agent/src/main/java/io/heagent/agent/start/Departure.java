package io.heagent.agent.start;

import io.heagent.agent.control.Leaving;
import io.heagent.agent.control.RunningAgent;
import io.heagent.agent.jdk.PoolKeyClass;
import io.heagent.agent.jdk.Support;
import io.heagent.agent.jdk.weaving.Originals;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;

/** Undoes what a start has done to the JVM's classes. */
final class Departure implements Leaving {

  private final Instrumentation instrumentation;
  private final Support support;

  /** Null if nothing was left to be woven. */
  private final LateTransformer late;

  private Departure(Instrumentation instrumentation, Support support, LateTransformer late) {
    this.instrumentation = instrumentation;
    this.support = support;
    this.late = late;
  }

  /**
   * Answers a command. It is not a method of {@link Start}, because to verify that class the JVM
   * would then load classes from a nested jar, in every start.
   *
   * @param how premain or agentmain
   * @param since when the agent came, in milliseconds since 1970
   */
  static String answer(
      String lines,
      String how,
      long since,
      Instrumentation instrumentation,
      Support support,
      LateTransformer late) {
    return RunningAgent.answer(
        lines,
        new RunningAgent.Facts(Version.text(), how, since),
        new Departure(instrumentation, support, late));
  }

  @Override
  public boolean isQuiet() {
    return late == null || late.isQuiet();
  }

  @Override
  public void stopWeaving() {
    if (late != null) {
      late.leave();
    }
  }

  @Override
  public Map<String, Throwable> restore() {
    byte[] key = late == null ? null : late.keyBefore();
    Map<String, byte[]> ofKey =
        key == null ? Map.of() : Map.of(PoolKeyClass.NAME.replace('/', '.'), key);
    Map<String, Throwable> refused =
        new HashMap<>(Originals.restore(instrumentation, support.before(), ofKey));
    if (late != null) {
      refused.putAll(late.restore());
    }
    return refused;
  }
}
