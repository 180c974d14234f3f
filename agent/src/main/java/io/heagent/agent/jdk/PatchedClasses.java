package io.heagent.agent.jdk;

import io.heagent.agent.patch.Patch;
import io.heagent.agent.patch.PatchSet;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Loads the classes that hooks belong in, and patches each as the JVM hands it over: the JDK's own
 * bytes, which need not be read then, or what an agent before us has made of them, which no patch
 * fits. No collection, no lambda: this runs before the program's main. The transformer is there for
 * as long as that takes.
 */
final class PatchedClasses implements ClassFileTransformer {

  private final Patch[] patches;
  private final String[] names;

  /** Written while a class is loaded, by whichever thread that is; the JVM's lock orders it. */
  private final boolean[] changed;

  /** The bytes of classes that no patch fits; null where a class was never handed over. */
  private final byte[][] handed;

  PatchedClasses(PatchSet set) {
    patches = set.patches();
    names = new String[patches.length];
    changed = new boolean[patches.length];
    handed = new byte[patches.length][];
    for (int i = 0; i < patches.length; i++) {
      names[i] = patches[i].original().name();
    }
  }

  /** Loads and patches all. Whether every one of them has been. */
  boolean load(Instrumentation instrumentation) {
    boolean all = true;
    instrumentation.addTransformer(this, false);
    try {
      for (int i = 0; i < names.length; i++) {
        if (!names[i].equals(PoolKeyClass.NAME)) {
          Class.forName(names[i].replace('/', '.'), false, null);
          all &= changed[i];
        }
      }
    } catch (ClassNotFoundException | LinkageError notAsItWas) {
      // Who weaves says what is wrong with it.
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
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        byte[] made = patches[i].apply(bytes);
        changed[i] = made != null;
        handed[i] = made == null ? bytes : null;
        return made;
      }
    }
    return null;
  }

  /** The patch of the class that is loaded later; null if this JDK has none such. */
  Patch poolKey() {
    int index = index(PoolKeyClass.NAME);
    return index < 0 ? null : patches[index];
  }

  /** Whether a class, with dots, has its hooks. */
  boolean isPatched(String name) {
    int index = index(name.replace('.', '/'));
    return index >= 0 && changed[index];
  }

  /** What the JVM has loaded as it was, for a class with dots; null where that is not known. */
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
