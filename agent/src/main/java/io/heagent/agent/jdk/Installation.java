package io.heagent.agent.jdk;

import io.heagent.agent.patch.PatchSet;
import java.lang.instrument.Instrumentation;
import java.util.function.Function;

/**
 * Installs the hooks in this JVM. If the jar has patches for the running build of the JDK, it
 * applies them, and no class of Byte Buddy is loaded. For any other build, and for classes that no
 * patch fits, Byte Buddy weaves the hooks.
 */
public final class Installation {

  private Installation() {}

  /** Whether another copy of the agent is in this JVM. */
  public static boolean isInstalled(Instrumentation instrumentation) {
    return BridgeInstaller.isThere() && commands(instrumentation) != null;
  }

  /**
   * What answers commands to the agent in this JVM, which may be of another version; null if there
   * is no agent.
   */
  public static Function<String, String> commands(Instrumentation instrumentation) {
    if (!BridgeInstaller.isThere()) {
      return null;
    }
    BridgeInstaller.open(instrumentation);
    try {
      return LateBridge.commands();
    } catch (NoSuchMethodError older) {
      return new Older();
    }
  }

  /** Answers for an agent that is older than the commands. */
  private static final class Older implements Function<String, String> {
    @Override
    public String apply(String lines) {
      return "1\nthe agent in this JVM is of a version that takes no commands";
    }
  }

  /**
   * Installs the hooks. Logs one line for each part that cannot be installed.
   *
   * @param fastResolve whether look-ups are woven too
   * @param atStart whether the program has not begun; once it has, the JDK's classes are loaded
   *     already, and patches can no longer be applied
   * @return what this JVM allows
   */
  public static Support install(
      Instrumentation instrumentation, boolean fastResolve, boolean atStart) throws Exception {
    PatchSet set = atStart ? ThisBuild.patches(fastResolve) : null;
    if (set == null) {
      return WeavingInstallation.install(instrumentation, fastResolve, null);
    }
    PatchedClasses classes = new PatchedClasses(set);
    // The bridge comes first, because woven code links to it.
    BridgeInstaller.install(instrumentation, classes);
    return classes.load(instrumentation)
        ? Support.ahead(set, classes.poolKey())
        : WeavingInstallation.install(instrumentation, fastResolve, classes);
  }
}
