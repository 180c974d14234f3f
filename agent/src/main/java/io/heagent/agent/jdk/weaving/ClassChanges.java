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
 * Brings the hooks into the classes of this JVM, on top of what other agents have made of them, and
 * each class by itself: one that cannot be changed takes no other with it.
 *
 * <p>A class that is not loaded yet, and at start none is, gets its hooks as it is loaded, which is
 * done here: then this is handed what the JVM has in hand, the JDK's class file or what an agent
 * before us has made of it (JaCoCo adds a method). A redefinition instead would give such an
 * agent's class back as the JDK ships it, and agents like JaCoCo do not change it again. A class
 * that is loaded already is redefined, by the JDK's class file, on which the agents that
 * retransform put theirs once more; where the JVM refuses that, by what is loaded.
 *
 * <p>Everything is woven once before, so that nothing of Byte Buddy's has to be loaded while the
 * JVM loads a class (ClassCircularityError otherwise). No transformer stays registered: it would be
 * asked about every class that the program loads, and what is changed here survives the
 * retransformations of other agents.
 */
public final class ClassChanges {

  private final Instrumentation instrumentation;
  private final Weaver weaver;
  private final Map<String, Target> targets = new LinkedHashMap<>();

  public ClassChanges(Instrumentation instrumentation, JdkClassFiles files) {
    this.instrumentation = instrumentation;
    this.weaver = new Weaver(files);
  }

  /** A class that hooks are woven into. */
  private static final class Target {

    final String name;
    final List<Hook> hooks;
    final ClassLoader loader;

    /** As the JDK ships it, and with the hooks; null where they cannot be woven in. */
    final byte[] shipped;

    byte[] woven;

    Class<?> type;

    /** Written while the class is loaded, by whichever thread that is. */
    volatile boolean changed;

    /** Why it cannot be changed; null if it can. */
    volatile Throwable failure;

    Target(String name, List<Hook> hooks, byte[] shipped) {
      this.name = name;
      this.hooks = hooks;
      this.shipped = shipped;
      this.loader = JdkClassFiles.module(name).getClassLoader();
    }
  }

  /**
   * Weaves the hooks of a class; changes nothing yet.
   *
   * @param shipped its class file as the JDK ships it
   * @param loaded as it has been loaded, where that is known, else null: a redefinition is to keep
   *     what another agent has made of it
   */
  public void prepare(String owner, List<Hook> hooks, byte[] shipped, byte[] loaded) {
    Target target = new Target(owner, hooks, shipped);
    targets.put(owner.replace('.', '/'), target);
    try {
      target.woven =
          loaded == null ? weaver.weave(owner, hooks) : weaver.weave(owner, hooks, loaded);
    } catch (RuntimeException | LinkageError e) {
      target.failure = e;
    }
  }

  /**
   * Changes the classes.
   *
   * @return those that cannot be, and why
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

  private static void load(Target target) {
    try {
      target.type = Class.forName(target.name, false, target.loader);
    } catch (ClassNotFoundException | LinkageError e) {
      target.failure = e;
    }
  }

  /** Weaves what the JVM is about to make a class of. */
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
        woven = Arrays.equals(bytes, target.shipped) ? target.woven : weave(target, bytes);
        target.changed = true;
      } catch (Throwable e) {
        target.failure = e;
      }
      return woven;
    }
  }

  /** Two threads may load two classes at once, and the weaver is for one. */
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
      // All at once: each time the JVM stops every thread of the program.
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
        byte[] current = new Capture(target.type).capture(instrumentation);
        instrumentation.redefineClasses(new ClassDefinition(target.type, weave(target, current)));
      }
    } catch (Exception | LinkageError e) {
      target.failure = e;
    }
  }

  /** What is loaded, by a retransformation that changes nothing. */
  private static final class Capture implements ClassFileTransformer {

    private final Class<?> wanted;

    /** Written by the thread that captures. */
    private byte[] captured;

    Capture(Class<?> wanted) {
      this.wanted = wanted;
    }

    byte[] capture(Instrumentation instrumentation) throws Exception {
      instrumentation.addTransformer(this, true);
      try {
        instrumentation.retransformClasses(wanted);
      } finally {
        instrumentation.removeTransformer(this);
      }
      if (captured == null) {
        throw new IllegalStateException("the JVM does not say what is loaded");
      }
      return captured;
    }

    @Override
    public byte[] transform(
        ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
      if (loaded == wanted) {
        captured = bytes.clone();
      }
      return null;
    }
  }
}
