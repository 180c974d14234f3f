package io.heagent.agent.start;

import io.heagent.agent.check.Check;
import io.heagent.agent.config.Settings;
import io.heagent.agent.config.SettingsReader;
import io.heagent.agent.connect.ConnectHook;
import io.heagent.agent.jdk.Installation;
import io.heagent.agent.jdk.Support;
import io.heagent.agent.log.Log;
import io.heagent.agent.netty.NettyTransformer;
import java.lang.instrument.Instrumentation;
import java.util.List;

/** Starts the agent. Called by {@code HeAgent} through reflection. */
public final class Start {

  private Start() {}

  /**
   * Reads the settings and installs the hooks.
   *
   * @param how premain or agentmain
   * @param arguments what stands behind the {@code =} of {@code -javaagent}, or null
   */
  public static void start(String how, String arguments, Instrumentation instrumentation)
      throws Exception {
    long begin = System.nanoTime();
    SettingsReader.Result read =
        new SettingsReader(System.getProperties(), System.getenv()).read(arguments);
    Settings settings = read.settings();
    Log.setLevel(settings.log());
    for (String warning : read.warnings()) {
      Log.warn(warning);
    }
    if (!settings.enabled()) {
      Log.debug("enabled=false; connects are not raced");
      return;
    }
    if (JdkTool.isThisJvm()) {
      Log.debug("this JVM runs a tool of the JDK; connects are not raced");
      return;
    }
    if (Installation.isInstalled()) {
      Log.warn("is installed in this JVM already; these arguments are ignored: " + arguments);
      return;
    }
    Support support = Installation.install(instrumentation, settings.fastResolve());
    if (!support.race()) {
      return;
    }
    boolean redial = settings.adoption() == Settings.Adoption.REDIAL;
    if (!support.dup()) {
      redial = true;
      if (settings.adoption() == Settings.Adoption.DUP) {
        Log.warn("adoption=dup is not possible in this JVM; adoption=redial applies");
      }
    }
    // A program that runs already may have set any.
    boolean options = support.options() && how.equals("premain");
    ConnectHook.install(settings, redial, support.select(), support.async(), options);
    NettyTransformer.register(instrumentation, settings.nativeTransports(), !how.equals("premain"));
    if (Log.isInfo()) {
      long millis = (System.nanoTime() - begin) / 1_000_000L;
      Log.info(Banner.text(how, settings, redial, millis));
    }
    ConnectHook.printLater();
  }

  /**
   * The command line of the jar: a command, or else version, usage and the settings with their
   * defaults.
   *
   * @return the exit code
   */
  public static int main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals("check")) {
      return Check.run(List.of(arguments).subList(1, arguments.length));
    }
    System.out.println(Usage.text());
    return 0;
  }
}
