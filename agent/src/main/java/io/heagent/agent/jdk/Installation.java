package io.heagent.agent.jdk;

import io.heagent.agent.log.Log;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sun.nio.ch.HeSocket;

/**
 * Weaves the hooks into this JVM: checks what they need, defines the bridge, and redefines the
 * three classes with what was woven before. No transformer stays registered: it would be asked
 * about every class the program loads, and a redefinition survives the retransformations of other
 * agents.
 */
public final class Installation {

  private Installation() {}

  /** Whether another copy of the agent is at work in this JVM. */
  public static boolean isInstalled() {
    return BridgeInstaller.isInstalled();
  }

  /**
   * Checks and weaves. Logs one line for whatever cannot be had.
   *
   * @param fastResolve whether look-ups are woven too
   * @return what can be had
   */
  public static Support install(Instrumentation instrumentation, boolean fastResolve)
      throws Exception {
    JdkClassFiles files = new JdkClassFiles();
    Requirements requirements = new Requirements(files);
    Set<HookGroup> groups = groups(requirements);
    if (groups.isEmpty()) {
      return Support.NOTHING;
    }
    add(HookGroup.OPTIONS, "races read every socket option", groups, requirements);
    if (fastResolve) {
      add(HookGroup.RESOLVE, "resolve=jdk applies", groups, requirements);
    }
    List<String> missing = requirements.missingForAdoption();
    if (!missing.isEmpty()) {
      Log.warn(differs(missing) + "; adoption=redial applies");
    }
    // Everything is woven before anything is changed: Byte Buddy's own classes are loaded by then,
    // none of them from inside a class load (ClassCircularityError otherwise).
    Map<String, byte[]> woven = weave(files, groups);
    BridgeInstaller.install(instrumentation);
    HeSocket.setStates(
        requirements.state(Hook.SOCKET, "ST_CONNECTING"),
        requirements.state(Hook.SOCKET, "ST_CLOSING"),
        requirements.state(Hook.CHANNEL, "ST_CONNECTIONPENDING"));
    List<ClassDefinition> definitions = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : woven.entrySet()) {
      definitions.add(new ClassDefinition(load(entry.getKey()), entry.getValue()));
    }
    instrumentation.redefineClasses(definitions.toArray(new ClassDefinition[0]));
    return new Support(
        true,
        missing.isEmpty(),
        groups.contains(HookGroup.SELECT),
        groups.contains(HookGroup.OPTIONS));
  }

  /** Adds a group that connects are raced without too, or says what applies then. */
  private static void add(
      HookGroup group, String otherwise, Set<HookGroup> groups, Requirements requirements) {
    List<String> missing = requirements.missingFor(group);
    if (missing.isEmpty()) {
      groups.add(group);
    } else {
      Log.warn(differs(missing) + "; " + otherwise);
    }
  }

  private static Class<?> load(String className) throws ClassNotFoundException {
    return Class.forName(className, false, JdkClassFiles.module(className).getClassLoader());
  }

  /** The groups that can be woven: none, or COMMON and at least one other. */
  private static Set<HookGroup> groups(Requirements requirements) {
    Set<HookGroup> groups = EnumSet.noneOf(HookGroup.class);
    for (HookGroup group : EnumSet.range(HookGroup.COMMON, HookGroup.ASYNC)) {
      List<String> missing = requirements.missingFor(group);
      if (missing.isEmpty()) {
        groups.add(group);
      } else {
        Log.warn(differs(missing) + "; " + group.what + " are not raced");
        if (group == HookGroup.COMMON) {
          return groups;
        }
      }
    }
    if (!groups.contains(HookGroup.CHANNEL)) {
      groups.remove(HookGroup.SELECT);
    }
    if (groups.size() == 1) {
      groups.clear();
    }
    return groups;
  }

  private static Map<String, byte[]> weave(JdkClassFiles files, Set<HookGroup> groups) {
    Map<String, List<Hook>> byOwner = new LinkedHashMap<>();
    for (Hook hook : Hook.ALL) {
      if (groups.contains(hook.group()) && files.shape(hook.owner()) != null) {
        List<Hook> hooks = byOwner.get(hook.owner());
        if (hooks == null) {
          hooks = new ArrayList<>();
          byOwner.put(hook.owner(), hooks);
        }
        hooks.add(hook);
      }
    }
    Weaver weaver = new Weaver(files);
    Map<String, byte[]> woven = new LinkedHashMap<>();
    for (Map.Entry<String, List<Hook>> entry : byOwner.entrySet()) {
      woven.put(entry.getKey(), weaver.weave(entry.getKey(), entry.getValue()));
    }
    return woven;
  }

  private static String differs(List<String> missing) {
    return "this JDK ("
        + System.getProperty("java.vm.version")
        + ") is not as expected, it has no "
        + String.join(", ", missing);
  }
}
