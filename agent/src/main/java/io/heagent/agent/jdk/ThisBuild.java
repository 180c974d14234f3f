package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.patch.ClassKey;
import io.heagent.agent.patch.Patch;
import io.heagent.agent.patch.PatchFile;
import io.heagent.agent.patch.PatchSet;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;

/**
 * Finds the patches for the running JDK. If no class of the JDK has been replaced, the name of its
 * build decides; otherwise the bytes of all its classes that matter are compared, which takes some
 * milliseconds.
 */
final class ThisBuild {

  private static final String FOLDER = "io/heagent/agent/patch/";

  private ThisBuild() {}

  /** The patches of the jar, or those prepared beside it; null if there are none. */
  static PatchSet patches(boolean fastResolve) {
    byte[] bytes = resource(System.getProperty("java.specification.version"));
    PatchSet set = find(bytes == null ? null : PatchFile.read(bytes), fastResolve);
    return set != null ? set : find(PreparedPatches.read(), fastResolve);
  }

  private static PatchSet find(PatchFile file, boolean fastResolve) {
    if (file == null) {
      return null;
    }
    PatchSet[] sets = file.sets();
    // With --patch-module, or in an image made by jlink, the name of a build does not tell its
    // classes. The JVM does not share class data then, and java.vm.info says so.
    String info = System.getProperty("java.vm.info");
    if (info != null && info.contains("sharing")) {
      String build = name();
      for (PatchSet set : sets) {
        if (set.fastResolve() == fastResolve && set.build().equals(build)) {
          return set;
        }
      }
    }
    return findByBytes(sets, fastResolve);
  }

  private static PatchSet findByBytes(PatchSet[] sets, boolean fastResolve) {
    JdkClassFiles files = new JdkClassFiles();
    for (PatchSet set : sets) {
      if (set.fastResolve() == fastResolve && fits(set, files)) {
        return set;
      }
    }
    return null;
  }

  private static boolean fits(PatchSet set, JdkClassFiles files) {
    for (Patch patch : set.patches()) {
      if (!fits(patch.original(), files)) {
        return false;
      }
    }
    for (ClassKey key : set.relied()) {
      if (!fits(key, files)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(ClassKey key, JdkClassFiles files) {
    byte[] bytes = files.bytes(key.name().replace('/', '.'));
    // An image may lack the HttpClient.
    return key.matches(bytes) || (bytes == null && key.name().equals(PoolKeyClass.NAME));
  }

  /** The name of the running build. */
  static String name() {
    File classes = new File(System.getProperty("java.home"), "lib/modules");
    return PatchSet.build(System.getProperty("java.vm.version"), classes.length());
  }

  private static byte[] resource(String feature) {
    String name = FOLDER.concat(feature).concat(".patches");
    try (InputStream in = ThisBuild.class.getClassLoader().getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      return null;
    }
  }
}
