package io.heagent.agent.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
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

  static final String PACKAGE = "sun.nio.ch";

  /**
   * The classes that woven code calls. Those classes and the agent use the rest of the bridge only
   * once there is a connect.
   */
  private static final List<String> CLASSES = List.of("HeHook", "HeSelect");

  private BridgeInstaller() {}

  /**
   * Whether a copy of the agent has defined its bridge in this JVM. The copy may be gone: its
   * bridge stays.
   */
  static boolean isThere() {
    return isDefined("HeHook");
  }

  static boolean isDefined(String name) {
    return isDefinedAs(PACKAGE + "." + name);
  }

  static boolean isDefinedAs(String name) {
    try {
      Class.forName(name, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  static void install(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    open(instrumentation);
    if (isThere()) {
      FormerBridge.renew(instrumentation);
    }
    define(CLASSES);
  }

  /** Opens the package to this copy of the agent. */
  static void open(Instrumentation instrumentation) {
    Module agent = BridgeInstaller.class.getModule();
    Map<String, Set<Module>> toAgent = Map.of(PACKAGE, Set.of(agent));
    // The module of the HttpClient has a hook woven in, so it must be able to access the bridge.
    Module http = ModuleLayer.boot().findModule("java.net.http").orElse(null);
    Map<String, Set<Module>> toBoth = http == null ? toAgent : Map.of(PACKAGE, Set.of(agent, http));
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), toBoth, toAgent, Set.of(), Map.of());
  }

  /**
   * Defines some of the agent's classes in the package, which must be open to the agent by now.
   * Those that a copy of the agent has left there are up to date.
   */
  static void define(List<String> names) throws IOException, ReflectiveOperationException {
    Class<?> neighbour = Class.forName(PACKAGE + ".IOStatus", false, null);
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup());
    for (String name : names) {
      if (!isDefined(name)) {
        lookup.defineClass(bytes(name));
      }
    }
  }

  static byte[] bytes(String name) throws IOException {
    return classFile(PACKAGE.replace('.', '/') + "/" + name);
  }

  /**
   * The bridge that a copy of the agent has left. A class of its own, because only an agent that is
   * attached after another one needs it.
   */
  private static final class FormerBridge {

    /**
     * Gives the classes the bodies that this copy of the agent has for them. If it is of another
     * version that has other methods or fields, the JVM refuses that.
     */
    static void renew(Instrumentation instrumentation)
        throws IOException, ReflectiveOperationException {
      List<ClassDefinition> definitions = new ArrayList<>();
      List<String> names = LateBridge.allNames();
      for (String name : CLASSES) {
        names.add(PACKAGE + "." + name);
      }
      for (String name : names) {
        if (isDefinedAs(name)) {
          definitions.add(
              new ClassDefinition(
                  Class.forName(name, false, null), classFile(name.replace('.', '/'))));
        }
      }
      try {
        instrumentation.redefineClasses(definitions.toArray(new ClassDefinition[0]));
      } catch (UnmodifiableClassException | UnsupportedOperationException | LinkageError differs) {
        throw new IllegalStateException(
            "another version of the agent was in this JVM, and has left classes that differ from"
                + " this version's; only a restart takes them away",
            differs);
      }
    }
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
