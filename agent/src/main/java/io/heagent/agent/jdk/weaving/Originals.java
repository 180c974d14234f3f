package io.heagent.agent.jdk.weaving;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the JDK's classes back without hooks. A class is redefined by the class file that it had
 * before this agent: the JDK's own, or what another agent had made of it. The JVM then asks the
 * transformers of other agents again, so that what they have added stays.
 */
public final class Originals {

  private Originals() {}

  /**
   * Redefines all classes that have hooks.
   *
   * @param before the changed classes by name, each with its class file without hooks, or null for
   *     the JDK's own; null as a whole if every class that has hooks was the JDK's own before
   * @param late classes of the same kind that were loaded late, and were not the JDK's own before
   * @return the names of classes that the JVM does not let go back, each with the reason; their
   *     hooks stay, and do nothing
   */
  public static Map<String, Throwable> restore(
      Instrumentation instrumentation, Map<String, byte[]> before, Map<String, byte[]> late) {
    JdkClassFiles files = new JdkClassFiles();
    Map<String, byte[]> wanted = new HashMap<>();
    if (before == null) {
      for (String name : Hook.byOwner(files, EnumSet.allOf(HookGroup.class)).keySet()) {
        wanted.put(name, null);
      }
    } else {
      wanted.putAll(before);
    }
    wanted.putAll(late);
    List<ClassDefinition> definitions = new ArrayList<>();
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      String name = loaded.getName();
      if (wanted.containsKey(name)
          && JdkClassFiles.module(name) != null
          && loaded.getClassLoader() == JdkClassFiles.module(name).getClassLoader()) {
        byte[] kept = wanted.get(name);
        definitions.add(new ClassDefinition(loaded, kept == null ? files.bytes(name) : kept));
      }
    }
    return redefine(instrumentation, definitions);
  }

  /**
   * Redefines classes.
   *
   * @return the names of those that the JVM does not let be redefined, each with the reason
   */
  public static Map<String, Throwable> redefine(
      Instrumentation instrumentation, List<ClassDefinition> definitions) {
    Map<String, Throwable> failed = new HashMap<>();
    try {
      // All are redefined at once, because each redefinition stops every thread of the program.
      instrumentation.redefineClasses(definitions.toArray(new ClassDefinition[0]));
    } catch (Exception | Error oneIsRefused) {
      // InternalError too, for a class that cannot be linked.
      for (ClassDefinition definition : definitions) {
        try {
          instrumentation.redefineClasses(definition);
        } catch (Exception | Error refused) {
          failed.put(definition.getDefinitionClass().getName(), refused);
        }
      }
    }
    return failed;
  }
}
