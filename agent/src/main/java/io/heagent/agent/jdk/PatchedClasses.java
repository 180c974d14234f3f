package io.heagent.agent.jdk;

import io.heagent.agent.jdk.entrance.Entrance;
import io.heagent.agent.patch.Patch;
import io.heagent.agent.patch.PatchSet;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Loads the classes that hooks are woven into, and patches each one when the JVM passes it to this
 * transformer. So the agent need not read the class file. The JVM passes in the JDK's own bytes, or
 * what an agent that was started earlier has made of them, which no patch fits. It uses no
 * collection and no lambda, because it runs before the program's main. The transformer is
 * registered only while it loads these classes.
 */
final class PatchedClasses implements ClassFileTransformer {

  private final Patch[] patches;
  private final String[] names;

  /**
   * Written by the thread that loads the class; the JVM's lock on class loading orders the
   * accesses.
   */
  private final boolean[] changed;

  /**
   * The bytes of the classes that no patch fits; null for a class that the JVM has never passed in.
   */
  private final byte[][] handed;

  /**
   * Whether the bridge is defined, to which woven code links. Until then this transformer patches
   * only {@link Entrance#NEIGHBOUR}, by which the agent comes in: another agent's thread may load
   * any other class at that time, and its hooks would never link. Written by the thread that starts
   * the agent.
   */
  private volatile boolean isBridged;

  PatchedClasses(PatchSet set) {
    patches = set.patches();
    names = new String[patches.length];
    changed = new boolean[patches.length];
    handed = new byte[patches.length][];
    for (int i = 0; i < patches.length; i++) {
      names[i] = patches[i].original().name();
    }
  }

  /**
   * Loads and patches all classes that get hooks, except the HttpClient's, which is loaded later.
   * The bridge must be defined.
   *
   * @return whether every one of them has been patched
   */
  boolean load(Instrumentation instrumentation) {
    boolean all = true;
    isBridged = true;
    instrumentation.addTransformer(this, false);
    try {
      for (int i = 0; i < names.length; i++) {
        if (!names[i].equals(PoolKeyClass.NAME) && !names[i].equals(Entrance.NEIGHBOUR)) {
          Class.forName(names[i].replace('/', '.'), false, null);
          all &= changed[i];
        }
      }
    } catch (ClassNotFoundException | LinkageError notAsItWas) {
      // Byte Buddy weaves next, and reports what is wrong with the class.
      all = false;
    } finally {
      instrumentation.removeTransformer(this);
    }
    return all;
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
    if (loader != null || loaded != null || name == null) {
      return null;
    }
    int index = index(name);
    if (index < 0 || (!isBridged && !name.equals(Entrance.NEIGHBOUR))) {
      return null;
    }
    byte[] made = patches[index].apply(bytes);
    changed[index] = made != null;
    handed[index] = made == null ? bytes : null;
    return made;
  }

  /** The patch of the HttpClient's pool key, which is loaded later; null if this JDK has none. */
  Patch poolKey() {
    int index = index(PoolKeyClass.NAME);
    return index < 0 ? null : patches[index];
  }

  /** Whether a class, named with dots, has its hooks. */
  boolean isPatched(String name) {
    int index = index(name.replace('.', '/'));
    return index >= 0 && changed[index];
  }

  /**
   * The bytes of a class, named with dots, that the JVM has loaded without hooks; null if they are
   * not known.
   */
  byte[] handed(String name) {
    int index = index(name.replace('.', '/'));
    return index < 0 ? null : handed[index];
  }

  private int index(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
