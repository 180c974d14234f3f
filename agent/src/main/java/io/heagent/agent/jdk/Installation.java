package io.heagent.agent.jdk;

import io.heagent.agent.patch.PatchSet;
import java.lang.instrument.Instrumentation;

/**
 * Installs the hooks in this JVM. If the jar has patches for the running build of the JDK, it
 * applies them, and no class of Byte Buddy is loaded. For any other build, and for classes that no
 * patch fits, Byte Buddy weaves the hooks.
 */
public final class Installation {

  private Installation() {}

  /** Whether another copy of the agent has been installed in this JVM. */
  public static boolean isInstalled() {
    return BridgeInstaller.isInstalled();
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
    // The bridge comes first, because woven code links to it.
    BridgeInstaller.install(instrumentation);
    PatchedClasses classes = new PatchedClasses(set);
    return classes.load(instrumentation)
        ? Support.ahead(set, classes.poolKey())
        : WeavingInstallation.install(instrumentation, fastResolve, classes);
  }
}
