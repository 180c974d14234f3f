package io.heagent.agent.jdk;

import io.heagent.agent.patch.PatchSet;
import java.lang.instrument.Instrumentation;

/**
 * Brings the hooks into this JVM. Where the JDK is a build that the jar has patches for, these are
 * applied and nothing of Byte Buddy is loaded; else, and for what the patches do not fit, Byte
 * Buddy weaves.
 */
public final class Installation {

  private Installation() {}

  /** Whether another copy of the agent is at work in this JVM. */
  public static boolean isInstalled() {
    return BridgeInstaller.isInstalled();
  }

  /**
   * Brings them in. Logs one line for whatever cannot be had.
   *
   * @param fastResolve whether look-ups are woven too
   * @param atStart whether the program has not begun: once it has, classes are loaded that patches
   *     are no use for
   * @return what can be had
   */
  public static Support install(
      Instrumentation instrumentation, boolean fastResolve, boolean atStart) throws Exception {
    PatchSet set = atStart ? ThisBuild.patches(fastResolve) : null;
    if (set == null) {
      return WeavingInstallation.install(instrumentation, fastResolve, null);
    }
    // What is woven links to the bridge.
    BridgeInstaller.install(instrumentation);
    PatchedClasses classes = new PatchedClasses(set);
    return classes.load(instrumentation)
        ? Support.ahead(set, classes.poolKey())
        : WeavingInstallation.install(instrumentation, fastResolve, classes);
  }
}
