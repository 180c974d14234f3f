package io.heagent.agent.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Defines the bridge classes inside java.base, package {@code sun.nio.ch}, as JaCoCo does with its
 * own: the package is opened to the agent's module only, and {@code
 * appendToBootstrapClassLoaderSearch} is not used, which prints a warning and switches off
 * class-data sharing for application classes.
 */
final class BridgeInstaller {

  private static final String PACKAGE = "sun.nio.ch";

  /**
   * What woven code reaches. The rest is what these and the agent reach once there is a connect.
   */
  private static final List<String> CLASSES = List.of("HeHook", "HeSelect");

  private BridgeInstaller() {}

  /** Whether some copy of the agent has defined its bridge in this JVM. */
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
    // The HttpClient's module has a hook woven in and so must see the bridge.
    Module http = ModuleLayer.boot().findModule("java.net.http").orElse(null);
    Map<String, Set<Module>> toBoth = http == null ? toAgent : Map.of(PACKAGE, Set.of(agent, http));
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), toBoth, toAgent, Set.of(), Map.of());
    define(CLASSES);
  }

  /** Defines some of the agent's classes in the package, which is open to it by now. */
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

  /** One of the agent's class files, by the class's name with slashes. */
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
