package io.heagent.agent.start;

import io.heagent.agent.config.Layers;
import io.heagent.agent.config.Settings;
import io.heagent.agent.connect.FirstConnect;
import io.heagent.agent.jdk.Installation;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.jdk.Support;
import java.lang.instrument.Instrumentation;
import java.util.function.Function;

/**
 * Starts the agent. If the user has set nothing, and the jar has patches for the JDK, this is all
 * that runs before the program's main: no lambda, no stream, no regular expression, no log line,
 * and some twenty-five of the agent's classes.
 */
public final class Start implements Function<String, String> {

  private final String how;
  private final long since = System.currentTimeMillis();

  private final Instrumentation instrumentation;
  private final Support support;

  /** Null if nothing is left to be woven. */
  private final LateTransformer late;

  private Start(
      String how, Instrumentation instrumentation, Support support, LateTransformer late) {
    this.how = how;
    this.instrumentation = instrumentation;
    this.support = support;
    this.late = late;
  }

  /** Answers a command, which comes from {@link Requested}, maybe that of another jar. */
  @Override
  public String apply(String lines) {
    return Departure.answer(lines, how, since, instrumentation, support, late);
  }

  /**
   * Installs the hooks as the settings say.
   *
   * @param how premain or agentmain; or command, if somebody asks something of an agent
   * @param arguments the text after the {@code =} of {@code -javaagent}, or null; of a command the
   *     path of its request
   */
  public static void start(String how, String arguments, Instrumentation instrumentation)
      throws Exception {
    if (how.equals("command")) {
      Requested.run(arguments, instrumentation);
      return;
    }
    long begin = System.nanoTime();
    Layers layers = null;
    Settings settings = null;
    if (Settings.areGiven(arguments, System.getProperties(), System.getenv())) {
      layers = StartTexts.read(arguments);
      settings = layers.settings();
      if (!settings.enabled()) {
        StartTexts.disabled();
        return;
      }
    }
    if (JdkTool.isThisJvm()) {
      if (settings != null) {
        StartTexts.tool();
      }
      return;
    }
    if (Installation.isInstalled(instrumentation)) {
      StartTexts.installedAlready(arguments);
      return;
    }
    boolean atStart = how.equals("premain");
    boolean fastResolve = settings != null && settings.fastResolve();
    Support support = Installation.install(instrumentation, fastResolve, atStart);
    if (!support.race()) {
      return;
    }
    boolean redial = !support.dup() || (settings != null && StartTexts.isRedial(settings));
    if (!support.dup() && settings != null) {
      StartTexts.noDup(settings);
    }
    // A program that runs already may have set any socket option before the hooks were installed.
    LateTransformer late =
        LateTransformer.of(
            instrumentation,
            support.poolKey(),
            settings == null ? null : settings.nativeTransports());
    FirstConnect.install(layers, redial, support, support.options() && atStart, late);
    if (late != null) {
      late.register(!atStart);
    }
    LateBridge.answerWith(new Start(how, instrumentation, support, late));
    if (settings != null) {
      StartTexts.banner(how, settings, redial, support.ahead(), begin);
    }
  }

  /**
   * Runs the command line of the jar: a command, or version, usage and the settings with their
   * defaults if there is none.
   *
   * @return the exit code
   */
  public static int command(String[] arguments) {
    return Command.run(arguments);
  }
}
