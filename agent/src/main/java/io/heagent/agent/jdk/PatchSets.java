package io.heagent.agent.jdk;

import io.heagent.agent.jdk.entrance.Entrance;
import io.heagent.agent.jdk.entrance.EntranceWeaver;
import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.Weaver;
import io.heagent.agent.patch.ClassKey;
import io.heagent.agent.patch.Patch;
import io.heagent.agent.patch.PatchMaker;
import io.heagent.agent.patch.PatchSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes the patches of a JDK: has Byte Buddy weave the JDK's classes, and keeps the differences.
 */
final class PatchSets {

  /**
   * The indexes of the JDK's constants in {@link PatchSet#state}. They are compile-time constants,
   * so that a start need not load this class.
   */
  static final int CONNECTING = 0;

  static final int CLOSING = 1;
  static final int CONNECTION_PENDING = 2;

  private PatchSets() {}

  /**
   * Makes the two sets of a JDK: without and with the hooks of look-ups.
   *
   * @param build the name of the build, see {@link PatchSet#build(String, long)}
   * @param classFiles the JDK's class files by class name; null for a class that the JDK lacks
   * @return an empty list if the JDK lacks any member that a hook relies on; the start decides what
   *     applies then, and logs it
   */
  static List<PatchSet> of(String build, Function<String, byte[]> classFiles) {
    Set<String> asked = new TreeSet<>();
    JdkClassFiles files =
        new JdkClassFiles(
            name -> {
              asked.add(name);
              return classFiles.apply(name);
            });
    Requirements requirements = new Requirements(files);
    for (HookGroup group : HookGroup.values()) {
      if (!requirements.missingFor(group).isEmpty()) {
        return List.of();
      }
    }
    if (!requirements.missingForAdoption().isEmpty() || !requirements.missingByNumber().isEmpty()) {
      return List.of();
    }
    int[] states = new int[3];
    states[CONNECTING] = requirements.state(Hook.SOCKET, "ST_CONNECTING");
    states[CLOSING] = requirements.state(Hook.SOCKET, "ST_CLOSING");
    states[CONNECTION_PENDING] = requirements.state(Hook.CHANNEL, "ST_CONNECTIONPENDING");
    Set<HookGroup> groups = EnumSet.allOf(HookGroup.class);
    Map<String, List<Hook>> all = Hook.byOwner(files, groups);
    Map<String, byte[]> relied = new TreeMap<>();
    for (String name : asked) {
      if (!all.containsKey(name) && files.bytes(name) != null) {
        relied.put(name, files.bytes(name));
      }
    }
    Weaver weaver = new Weaver(files);
    List<PatchSet> sets = new ArrayList<>();
    sets.add(set(build, true, states, all, relied, files, weaver));
    groups.remove(HookGroup.RESOLVE);
    Map<String, List<Hook>> usual = Hook.byOwner(files, groups);
    sets.add(0, set(build, false, states, usual, relied, files, weaver));
    return sets;
  }

  private static PatchSet set(
      String build,
      boolean fastResolve,
      int[] states,
      Map<String, List<Hook>> hooks,
      Map<String, byte[]> relied,
      JdkClassFiles files,
      Weaver weaver) {
    List<Patch> patches = new ArrayList<>();
    byte[] neighbour = files.bytes(Entrance.NEIGHBOUR.replace('/', '.'));
    byte[] entrance = EntranceWeaver.woven(neighbour);
    if (entrance != null) {
      patches.add(PatchMaker.make(Entrance.NEIGHBOUR, neighbour, entrance));
    }
    for (Map.Entry<String, List<Hook>> entry : hooks.entrySet()) {
      String name = entry.getKey();
      byte[] woven = weaver.weave(name, entry.getValue());
      patches.add(PatchMaker.make(name.replace('.', '/'), files.bytes(name), woven));
    }
    List<ClassKey> keys = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : relied.entrySet()) {
      keys.add(ClassKey.of(entry.getKey().replace('.', '/'), entry.getValue()));
    }
    return new PatchSet(
        build, fastResolve, states, patches.toArray(new Patch[0]), keys.toArray(new ClassKey[0]));
  }
}
