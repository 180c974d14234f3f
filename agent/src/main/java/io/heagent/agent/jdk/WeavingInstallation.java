package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.ClassChanges;
import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.KnownVersions;
import io.heagent.agent.log.Log;
import java.lang.instrument.Instrumentation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has Byte Buddy weave the hooks into this JVM: it checks what they need, defines the bridge, and
 * changes the classes. Each group of hooks is installed or left out by itself, except groups that
 * need another one.
 */
final class WeavingInstallation {

  private WeavingInstallation() {}

  /**
   * Checks and weaves. Logs one line for each group that cannot be installed.
   *
   * @param fastResolve whether look-ups are woven too
   * @param patched the classes, of which some have their hooks already; null if none has, and the
   *     bridge is not defined
   * @return what this JVM allows
   */
  static Support install(
      Instrumentation instrumentation, boolean fastResolve, PatchedClasses patched)
      throws Exception {
    JdkClassFiles files = new JdkClassFiles();
    boolean isNewer = KnownVersions.isPassedBy(files.bytes(Hook.NET));
    try {
      return install(instrumentation, fastResolve, files, patched);
    } catch (RuntimeException | LinkageError e) {
      if (!isNewer) {
        throw e;
      }
      Log.warn(
          "this JDK ("
              + System.getProperty("java.vm.version")
              + ") is newer than this agent knows, and cannot be read as older ones are ("
              + e
              + "); connects are not raced");
      return Support.NOTHING;
    }
  }

  private static Support install(
      Instrumentation instrumentation,
      boolean fastResolve,
      JdkClassFiles files,
      PatchedClasses patched)
      throws Exception {
    Requirements requirements = new Requirements(files);
    Set<HookGroup> groups = groups(requirements);
    if (groups.isEmpty()) {
      return Support.NOTHING;
    }
    add(HookGroup.OPTIONS, groups, requirements);
    add(HookGroup.ANSWERS, groups, requirements);
    if (fastResolve) {
      add(HookGroup.RESOLVE, groups, requirements);
    }
    List<String> missing = requirements.missingForAdoption();
    if (!missing.isEmpty()) {
      Log.warn(differs(missing) + "; adoption=redial applies");
    }
    List<String> numbers = requirements.missingByNumber();
    if (!numbers.isEmpty()) {
      Log.warn(differs(numbers) + "; options set by native code may be lost in a race");
    }
    // Everything is woven before any class is changed. By then all of Byte Buddy's own classes are
    // loaded; to load one of them from inside a class load would throw ClassCircularityError.
    ClassChanges changes = prepare(instrumentation, files, groups, patched);
    if (patched == null) {
      BridgeInstaller.install(instrumentation, null);
    } else {
      // The pool's key is among the classes that get their hooks next.
      BridgeInstaller.exportToHttp();
    }
    withoutFailed(groups, changes.apply());
    Map<String, byte[]> before = changes.before();
    if (patched != null) {
      for (String owner : Hook.byOwner(files, EnumSet.allOf(HookGroup.class)).keySet()) {
        if (patched.isPatched(owner)) {
          before.put(owner, null);
        }
      }
    }
    return groups.isEmpty()
        ? Support.NOTHING
        : Support.of(groups, missing.isEmpty(), facts(requirements), before);
  }

  private static LateBridge.Facts facts(Requirements requirements) {
    return new LateBridge.Facts(
        requirements.state(Hook.SOCKET, "ST_CONNECTING"),
        requirements.state(Hook.SOCKET, "ST_CLOSING"),
        requirements.state(Hook.CHANNEL, "ST_CONNECTIONPENDING"),
        requirements.hasOptionsByNumber());
  }

  /** Removes the groups that have hooks in classes which cannot be changed, and logs that. */
  private static void withoutFailed(Set<HookGroup> groups, Map<String, Throwable> failed) {
    for (Map.Entry<String, Throwable> entry : failed.entrySet()) {
      Set<HookGroup> lost = EnumSet.noneOf(HookGroup.class);
      for (Hook hook : Hook.ALL) {
        if (hook.owner().equals(entry.getKey()) && groups.contains(hook.group())) {
          lost.add(hook.group());
        }
      }
      if (lost.contains(HookGroup.COMMON)) {
        // All other groups need COMMON, so one line reports the loss of everything.
        lost = EnumSet.of(HookGroup.COMMON);
        groups.clear();
      }
      groups.removeAll(lost);
      for (HookGroup group : lost) {
        Log.warn(
            "cannot change "
                + entry.getKey()
                + " in this JVM ("
                + entry.getValue()
                + "); "
                + group.without);
      }
    }
    withoutUseless(groups);
  }

  /** Adds a group that races can do without, or logs what applies without it. */
  private static void add(HookGroup group, Set<HookGroup> groups, Requirements requirements) {
    List<String> missing = requirements.missingFor(group);
    if (missing.isEmpty()) {
      groups.add(group);
    } else {
      Log.warn(differs(missing) + "; " + group.without);
    }
  }

  /** The groups that can be woven: none, or COMMON and at least one other. */
  private static Set<HookGroup> groups(Requirements requirements) {
    Set<HookGroup> groups = EnumSet.noneOf(HookGroup.class);
    for (HookGroup group : EnumSet.range(HookGroup.COMMON, HookGroup.ASYNC)) {
      List<String> missing = requirements.missingFor(group);
      if (missing.isEmpty()) {
        groups.add(group);
      } else {
        Log.warn(differs(missing) + "; " + group.without);
        if (group == HookGroup.COMMON) {
          return groups;
        }
      }
    }
    withoutUseless(groups);
    return groups;
  }

  /** Removes the groups that are useless without another one. */
  private static void withoutUseless(Set<HookGroup> groups) {
    if (!groups.contains(HookGroup.CHANNEL)) {
      groups.remove(HookGroup.SELECT);
    }
    if (!groups.contains(HookGroup.COMMON)
        || !(groups.contains(HookGroup.SOCKET)
            || groups.contains(HookGroup.CHANNEL)
            || groups.contains(HookGroup.ASYNC))) {
      groups.clear();
    }
  }

  private static ClassChanges prepare(
      Instrumentation instrumentation,
      JdkClassFiles files,
      Set<HookGroup> groups,
      PatchedClasses patched) {
    ClassChanges changes = new ClassChanges(instrumentation, files);
    for (Map.Entry<String, List<Hook>> entry : Hook.byOwner(files, groups).entrySet()) {
      String owner = entry.getKey();
      if (patched == null || !patched.isPatched(owner)) {
        byte[] handed = patched == null ? null : patched.handed(owner);
        changes.prepare(owner, entry.getValue(), files.bytes(owner), handed);
      }
    }
    return changes;
  }

  private static String differs(List<String> missing) {
    return "this JDK ("
        + System.getProperty("java.vm.version")
        + ") is not as expected, it has no "
        + String.join(", ", missing);
  }
}
