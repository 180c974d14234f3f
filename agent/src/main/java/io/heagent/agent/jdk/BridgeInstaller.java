package io.heagent.agent.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Defines the bridge classes inside java.base, in package {@code sun.nio.ch}, as JaCoCo does with
 * its own class. The package is opened to the agent's module only. {@code
 * appendToBootstrapClassLoaderSearch} is not used, because it makes the JVM print a warning and
 * switch off class-data sharing for application classes.
 */
final class BridgeInstaller {

  private static final String PACKAGE = "sun.nio.ch";

  /**
   * The classes that woven code calls. Those classes and the agent use the rest of the bridge only
   * once there is a connect.
   */
  private static final List<String> CLASSES = List.of("HeHook", "HeSelect");

  private BridgeInstaller() {}

  /** Whether a copy of the agent has defined its bridge in this JVM. */
  static boolean isInstalled() {
    return isDefined("HeHook");
  }

  static boolean isDefined(String name) {
    try {
      Class.forName(PACKAGE + "." + name, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  static void install(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    Module agent = BridgeInstaller.class.getModule();
    Map<String, Set<Module>> toAgent = Map.of(PACKAGE, Set.of(agent));
    // The module of the HttpClient has a hook woven in, so it must be able to access the bridge.
    Module http = ModuleLayer.boot().findModule("java.net.http").orElse(null);
    Map<String, Set<Module>> toBoth = http == null ? toAgent : Map.of(PACKAGE, Set.of(agent, http));
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), toBoth, toAgent, Set.of(), Map.of());
    define(CLASSES);
  }

  /** Defines some of the agent's classes in the package, which must be open to the agent by now. */
  static void define(List<String> names) throws IOException, ReflectiveOperationException {
    Class<?> neighbour = Class.forName(PACKAGE + ".IOStatus", false, null);
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup());
    for (String name : names) {
      lookup.defineClass(bytes(name));
    }
  }

  static byte[] bytes(String name) throws IOException {
    return classFile(PACKAGE.replace('.', '/') + "/" + name);
  }

  /** The bytes of one of the agent's class files, by the class's name with slashes. */
  static byte[] classFile(String name) throws IOException {
    String path = name + ".class";
    try (InputStream in = BridgeInstaller.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("the agent's jar lacks " + path);
      }
      return in.readAllBytes();
    }
  }
}
