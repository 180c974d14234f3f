package io.heagent.agent.jdk;

import io.heagent.agent.jdk.entrance.Entrance;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Defines the bridge classes inside java.base, in package {@code sun.nio.ch}, as JaCoCo does with
 * its own class. {@code appendToBootstrapClassLoaderSearch} is not used, because it makes the JVM
 * print a warning and switch off class-data sharing for application classes.
 *
 * <p>At a start the agent comes in by an {@link Entrance}, if there is one, and the package is
 * exported to the agent's module when the agent has something to do. Otherwise the package is
 * opened to that module.
 */
final class BridgeInstaller {

  static final String PACKAGE = "sun.nio.ch";

  /**
   * The classes that woven code calls. Those classes and the agent use the rest of the bridge only
   * once there is a connect.
   */
  private static final List<String> CLASSES = List.of("HeHook", "HeSelect");

  /**
   * The way in; null if the package is open to the agent. The thread that starts the agent writes
   * it; other threads read it only after they have found the agent in the bridge's volatile fields.
   */
  private static Entrance entrance;

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

  /**
   * Defines the classes that woven code calls.
   *
   * @param patches weaves what an entrance needs; null if the program runs already, or nothing has
   *     been woven ahead
   */
  static void install(Instrumentation instrumentation, ClassFileTransformer patches)
      throws IOException, ReflectiveOperationException {
    if (patches != null && enter(instrumentation, patches)) {
      return;
    }
    open(instrumentation);
    if (isThere()) {
      FormerBridge.renew(instrumentation);
    }
    define(CLASSES);
  }

  private static boolean enter(Instrumentation instrumentation, ClassFileTransformer patches)
      throws IOException, ReflectiveOperationException {
    entrance = Entrance.find(instrumentation, patches, bytes(Entrance.OF_BRIDGE));
    if (entrance == null) {
      return false;
    }
    define(CLASSES);
    return true;
  }

  /**
   * Passes something to the bridge that the agent may not be able to access.
   *
   * @return false if the agent can access the bridge, and must call it itself
   */
  static boolean tell(Object what) {
    if (entrance == null) {
      return false;
    }
    entrance.tell(what);
    return true;
  }

  /** Makes sure that the agent can access the bridge; called before the agent links to it. */
  static void exportToAgent() {
    tell(BridgeInstaller.class.getModule());
  }

  /**
   * Makes sure that the module of the HttpClient, which has a hook woven in, can access the bridge.
   */
  static void exportToHttp() {
    Module http = ModuleLayer.boot().findModule("java.net.http").orElse(null);
    if (http != null) {
      tell(http);
    }
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
   * Defines some of the agent's classes in the package, which must be open to the agent by now, or
   * have an entrance. A class that an earlier copy of the agent has left there is not defined
   * again, because {@link FormerBridge} has renewed it.
   */
  static void define(List<String> names) throws IOException, ReflectiveOperationException {
    for (String name : names) {
      if (!isDefined(name)) {
        byte[] classFile = bytes(name);
        if (!tell(classFile)) {
          Opened.define(classFile);
        }
      }
    }
  }

  /** A class of its own, because a start with an entrance needs no {@code Lookup}. */
  private static final class Opened {
    static void define(byte[] classFile) throws ReflectiveOperationException {
      Class<?> neighbour = Class.forName(Entrance.NEIGHBOUR.replace('/', '.'), false, null);
      MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(classFile);
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
    try {
      return read(name);
    } catch (Error e) {
      // Not by a clause of its own, for which the JVM would load ThreadDeath at each start.
      if (e instanceof VirtualMachineError || e instanceof ThreadDeath) {
        throw e;
      }
      return WhileLoading.classFile(name);
    }
  }

  private static byte[] read(String name) throws IOException {
    String path = name + ".class";
    try (InputStream in = BridgeInstaller.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("the agent's jar lacks " + path);
      }
      return in.readAllBytes();
    }
  }

  /**
   * Reads a class file while a class is being loaded. BlockHound throws an Error where an event
   * loop's thread reads a file, as the first connect of a JVM does, unless a class loader does it
   * to load a class. A class of its own, because only a JVM with BlockHound needs it.
   */
  private static final class WhileLoading extends ClassLoader {
    private byte[] bytes;
    private IOException failure;

    private WhileLoading() {
      super(null);
    }

    static byte[] classFile(String name) throws IOException {
      WhileLoading reader = new WhileLoading();
      try {
        reader.loadClass(name);
      } catch (ClassNotFoundException read) {
        // There is no class of that name, with its slashes; findClass was asked for one.
      }
      if (reader.failure != null) {
        throw reader.failure;
      }
      return reader.bytes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try {
        bytes = read(name);
      } catch (IOException e) {
        failure = e;
      }
      throw new ClassNotFoundException(name);
    }
  }
}
