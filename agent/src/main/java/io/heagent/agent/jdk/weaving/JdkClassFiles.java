package io.heagent.agent.jdk.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The class files of the JDK as it ships them: those of java.base, and those of the HttpClient's
 * module if the JVM has that module. Each file is read once. Only one thread uses an object of this
 * class, the one that starts the agent or weaves a copy of a library.
 */
public final class JdkClassFiles {

  private static final String HTTP_PACKAGE = "jdk.internal.net.http.";
  private static final String HTTP_MODULE = "java.net.http";

  private final Function<String, byte[]> source;
  private final Map<String, byte[]> bytes = new HashMap<>();
  private final Map<String, ClassShape> shapes = new HashMap<>();

  public JdkClassFiles() {
    this(new OfThisJvm());
  }

  /** No lambda, because a start that compares bytes would have the JVM make its first one. */
  private static final class OfThisJvm implements Function<String, byte[]> {
    @Override
    public byte[] apply(String className) {
      return read(className);
    }
  }

  /**
   * The class files of another JDK, or of a library.
   *
   * @param source gives the class file of a class name; null if there is no such class
   */
  public JdkClassFiles(Function<String, byte[]> source) {
    this.source = source;
  }

  /** The class file of a class; null if the JDK has no such class. */
  public byte[] bytes(String className) {
    return bytes.computeIfAbsent(className, source);
  }

  /** The members of a class; null if the JDK has no such class. */
  public ClassShape shape(String className) {
    byte[] classFile = bytes(className);
    ClassShape shape = shapes.get(className);
    if (shape == null && classFile != null) {
      shape = ClassShape.of(classFile);
      shapes.put(className, shape);
    }
    return shape;
  }

  /** The name of the module to which a class belongs. */
  public static String moduleName(String className) {
    return className.startsWith(HTTP_PACKAGE) ? HTTP_MODULE : "java.base";
  }

  /** The module to which a class belongs; null if this JVM runs without that module. */
  public static Module module(String className) {
    return className.startsWith(HTTP_PACKAGE)
        ? ModuleLayer.boot().findModule(HTTP_MODULE).orElse(null)
        : Object.class.getModule();
  }

  /** Reads the class file of a class of the running JDK; null if there is no such class. */
  public static byte[] read(String className) {
    Module module = module(className);
    if (module == null) {
      return null;
    }
    String path = className.replace('.', '/') + ".class";
    try (InputStream in = module.getResourceAsStream(path)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      return null;
    }
  }
}
