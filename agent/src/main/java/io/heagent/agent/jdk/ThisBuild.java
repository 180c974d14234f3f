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

  /**
   * The patches of the jar, or those prepared beside it; null if there are none. Names are asked
   * for first, as they cost nothing; and the bytes of the prepared ones before those of the jar,
   * which are for several builds.
   */
  static PatchSet patches(boolean fastResolve) {
    byte[] bytes = resource(System.getProperty("java.specification.version"));
    PatchFile bundled = bytes == null ? null : PatchFile.read(bytes);
    // With --patch-module, or in an image made by jlink, the name of a build does not tell its
    // classes. The JVM does not share class data then, and java.vm.info says so.
    String info = System.getProperty("java.vm.info");
    String build = info != null && info.contains("sharing") ? name() : null;
    PatchSet set = findByName(bundled, build, fastResolve);
    if (set != null) {
      return set;
    }
    PatchFile prepared = PreparedPatches.read();
    set = findByName(prepared, build, fastResolve);
    if (set != null) {
      return set;
    }
    JdkClassFiles files = new JdkClassFiles();
    set = findByBytes(prepared, files, fastResolve);
    return set != null ? set : findByBytes(bundled, files, fastResolve);
  }

  /** Finds a set by the name of a build; null for null. */
  private static PatchSet findByName(PatchFile file, String build, boolean fastResolve) {
    if (file == null || build == null) {
      return null;
    }
    for (PatchSet set : file.sets()) {
      if (set.fastResolve() == fastResolve && set.build().equals(build)) {
        return set;
      }
    }
    return null;
  }

  private static PatchSet findByBytes(PatchFile file, JdkClassFiles files, boolean fastResolve) {
    if (file == null) {
      return null;
    }
    for (PatchSet set : file.sets()) {
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
