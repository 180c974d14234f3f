package io.heagent.agent.jdk.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Class files of the JDK as it ships them, each read once: of java.base, and of the HttpClient's
 * module where the program has that. Used by the starting thread only.
 */
public final class JdkClassFiles {

  private static final String HTTP_PACKAGE = "jdk.internal.net.http.";
  private static final String HTTP_MODULE = "java.net.http";

  private final Function<String, byte[]> source;
  private final Map<String, byte[]> bytes = new HashMap<>();
  private final Map<String, ClassShape> shapes = new HashMap<>();

  public JdkClassFiles() {
    this(JdkClassFiles::read);
  }

  /** With another JDK's class files, by class name; null for a class that it does not have. */
  public JdkClassFiles(Function<String, byte[]> source) {
    this.source = source;
  }

  /** The class file, or null if the JDK has no such class. */
  public byte[] bytes(String className) {
    return bytes.computeIfAbsent(className, source);
  }

  /** Its members, or null if the JDK has no such class. */
  public ClassShape shape(String className) {
    byte[] classFile = bytes(className);
    ClassShape shape = shapes.get(className);
    if (shape == null && classFile != null) {
      shape = ClassShape.of(classFile);
      shapes.put(className, shape);
    }
    return shape;
  }

  /** The name of the module that a class is in. */
  public static String moduleName(String className) {
    return className.startsWith(HTTP_PACKAGE) ? HTTP_MODULE : "java.base";
  }

  /** The module of a class, or null if this JVM runs without it. */
  public static Module module(String className) {
    return className.startsWith(HTTP_PACKAGE)
        ? ModuleLayer.boot().findModule(HTTP_MODULE).orElse(null)
        : Object.class.getModule();
  }

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
