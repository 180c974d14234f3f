package io.heagent.agent.connect.fake;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Defines the classes of the bridge that know names in java.base, without an agent. */
public final class BridgeClasses {

  private static final List<String> NAMES = List.of("HeHook", "HeJdk", "HeCache", "HeCache$Cache");

  private static boolean defined;

  private BridgeClasses() {}

  /** From now on they are there, for all tests of this JVM; from the second time on, nothing. */
  public static synchronized void define() {
    if (!defined) {
      defined = true;
      define(NAMES);
    }
  }

  /** Where the class files of the bridge are. */
  public static Path folder() {
    // Surefire says where they are; PIT, which runs in the same folder, does not.
    String classes = System.getProperty("bridge.classes", "target/bridge-classes");
    return Path.of(classes, "sun/nio/ch");
  }

  /** Defines classes that were not defined before. */
  public static void define(List<String> names) {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(Class.forName("sun.nio.ch.IOUtil"), MethodHandles.lookup());
      for (String name : names) {
        lookup.defineClass(Files.readAllBytes(folder().resolve(name + ".class")));
      }
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
