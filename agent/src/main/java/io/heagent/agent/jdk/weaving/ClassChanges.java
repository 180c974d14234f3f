package io.heagent.agent.jdk.weaving;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the hooks into the classes of this JVM, on top of the changes that other agents have made.
 * Each class is changed by itself, so that one that cannot be changed does not keep the others from
 * being changed.
 *
 * <p>At start most of these classes are not loaded yet. This class loads them, and a transformer
 * adds the hooks while they are loaded. The JVM hands the transformer the JDK's class file, or the
 * one that an earlier agent has made of it (JaCoCo adds a method). If the class were redefined
 * instead, it would lose that agent's change, because agents like JaCoCo do not make their change
 * again. A class that is loaded already is redefined with the JDK's class file plus hooks; the JVM
 * then has agents that retransform make their changes again. If the JVM refuses that redefinition,
 * the class is redefined with the loaded form of it plus hooks.
 *
 * <p>All classes are woven once in {@link #prepare}, before any of them is loaded. Otherwise
 * classes of Byte Buddy might have to be loaded while the JVM loads a class, and that throws a
 * ClassCircularityError. The transformer is removed at the end: the JVM would call it for every
 * class that the program loads, and the hooks survive retransformations by other agents without it.
 */
public final class ClassChanges {

  private final Instrumentation instrumentation;
  private final Weaver weaver;
  private final Map<String, Target> targets = new LinkedHashMap<>();

  public ClassChanges(Instrumentation instrumentation, JdkClassFiles files) {
    this.instrumentation = instrumentation;
    this.weaver = new Weaver(files);
  }

  /** A class into which hooks are woven. */
  private static final class Target {

    final String name;
    final List<Hook> hooks;
    final ClassLoader loader;

    /** The class file as the JDK ships it. */
    final byte[] shipped;

    /** The same with the hooks; null if they cannot be woven in. */
    byte[] woven;

    Class<?> type;

    /**
     * Whether the class got its hooks while it was loaded. Written by the thread that loaded it.
     */
    volatile boolean changed;

    /**
     * The class file without the hooks, where it is not the JDK's because another agent has changed
     * it; else null. Written by the starting thread, or by the thread that loads the class.
     */
    volatile byte[] before;

    /**
     * Why the class cannot be changed; null if it can. Written by the starting thread, or by the
     * thread that loads the class.
     */
    volatile Throwable failure;

    Target(String name, List<Hook> hooks, byte[] shipped) {
      this.name = name;
      this.hooks = hooks;
      this.shipped = shipped;
      this.loader = JdkClassFiles.module(name).getClassLoader();
    }
  }

  /**
   * Weaves the hooks of a class, without changing the class yet.
   *
   * @param shipped the class file as the JDK ships it
   * @param loaded the class file as it was loaded, so that a redefinition keeps the change of
   *     another agent; null if that is not known
   */
  public void prepare(String owner, List<Hook> hooks, byte[] shipped, byte[] loaded) {
    Target target = new Target(owner, hooks, shipped);
    targets.put(owner.replace('.', '/'), target);
    try {
      target.woven =
          loaded == null ? weaver.weave(owner, hooks) : weaver.weave(owner, hooks, loaded);
      target.before = loaded == null || Arrays.equals(loaded, shipped) ? null : loaded;
    } catch (RuntimeException | LinkageError e) {
      target.failure = e;
    }
  }

  /**
   * Changes all classes that were prepared.
   *
   * @return the names of the classes that cannot be changed, each with the reason
   */
  public Map<String, Throwable> apply() {
    AtLoad atLoad = new AtLoad();
    instrumentation.addTransformer(atLoad, false);
    try {
      for (Target target : targets.values()) {
        load(target);
      }
    } finally {
      instrumentation.removeTransformer(atLoad);
    }
    redefineLoaded();
    Map<String, Throwable> failed = new LinkedHashMap<>();
    for (Target target : targets.values()) {
      if (target.failure != null) {
        failed.put(target.name, target.failure);
      }
    }
    return failed;
  }

  /**
   * The classes that {@link #apply} has changed, each with its class file without the hooks; null
   * for the JDK's own.
   */
  public Map<String, byte[]> before() {
    Map<String, byte[]> before = new LinkedHashMap<>();
    for (Target target : targets.values()) {
      if (target.failure == null) {
        before.put(target.name, target.before);
      }
    }
    return before;
  }

  private static void load(Target target) {
    try {
      target.type = Class.forName(target.name, false, target.loader);
    } catch (ClassNotFoundException | LinkageError e) {
      target.failure = e;
    }
  }

  /** Adds the hooks to a class while the JVM loads it. */
  private final class AtLoad implements ClassFileTransformer {

    @Override
    public byte[] transform(
        ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
      Target target = name == null ? null : targets.get(name);
      if (target == null || loaded != null || loader != target.loader || target.failure != null) {
        return null;
      }
      byte[] woven = null;
      try {
        boolean shipped = Arrays.equals(bytes, target.shipped);
        woven = shipped ? target.woven : weave(target, bytes);
        target.before = shipped ? null : bytes;
        target.changed = true;
      } catch (Throwable e) {
        target.failure = e;
      }
      return woven;
    }
  }

  /**
   * Weaves another form of a class file than the JDK's. Two threads may load two classes at the
   * same time, and only one may use the weaver: the monitor guards it. No other lock is taken
   * inside.
   */
  private synchronized byte[] weave(Target target, byte[] current) {
    return weaver.weave(target.name, target.hooks, current);
  }

  private void redefineLoaded() {
    List<Target> loaded = new ArrayList<>();
    List<ClassDefinition> definitions = new ArrayList<>();
    for (Target target : targets.values()) {
      if (!target.changed && target.failure == null) {
        loaded.add(target);
        definitions.add(new ClassDefinition(target.type, target.woven));
      }
    }
    if (loaded.isEmpty()) {
      return;
    }
    try {
      // All are redefined at once, because each redefinition stops every thread of the program.
      instrumentation.redefineClasses(definitions.toArray(new ClassDefinition[0]));
    } catch (Exception | LinkageError oneIsRefused) {
      for (Target target : loaded) {
        redefine(target);
      }
    }
  }

  private void redefine(Target target) {
    try {
      try {
        instrumentation.redefineClasses(new ClassDefinition(target.type, target.woven));
      } catch (UnsupportedOperationException | LinkageError refused) {
        byte[] current = new LoadedForm(target.type).capture(instrumentation);
        instrumentation.redefineClasses(new ClassDefinition(target.type, weave(target, current)));
        target.before = current;
      }
    } catch (Exception | LinkageError e) {
      target.failure = e;
    }
  }
}
