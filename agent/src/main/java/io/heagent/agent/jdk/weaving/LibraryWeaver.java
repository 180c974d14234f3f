package io.heagent.agent.jdk.weaving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Weaves advice into the classes of one copy of a library. It reads class files only, so that it
 * loads no class of the library. One thread at a time may use it.
 */
public final class LibraryWeaver {

  /**
   * A method of the library that is woven.
   *
   * @param owner the name of the class that has the method, with dots
   * @param method the method's name and types, in class-file form
   * @param advice the name of the advice class
   */
  public record Woven(String owner, String method, String advice) {}

  private final JdkClassFiles classFiles;
  private final Map<String, ClassShape> shapes = new HashMap<>();
  private final Weaver weaver;

  /**
   * A weaver for one copy of the library.
   *
   * @param classFiles gives the class file of a class name, and is asked once for each; null for a
   *     class that does not belong to the library
   * @param advicePackage the package of the advice classes
   */
  public LibraryWeaver(Function<String, byte[]> classFiles, String advicePackage) {
    this.classFiles = new JdkClassFiles(classFiles);
    this.weaver = new Weaver(this.classFiles, advicePackage);
  }

  /** Whether a class declares a method {@code name(types)type}, or a field {@code name:type}. */
  public boolean has(String owner, String member) {
    return shapes.computeIfAbsent(owner, name -> ClassShape.of(classFiles.bytes(name))).has(member);
  }

  /** Weaves some methods of one class, and returns the new class file. */
  public byte[] weave(String owner, List<Woven> methods, byte[] classFile) {
    List<Hook> hooks = new ArrayList<>();
    for (Woven woven : methods) {
      int types = woven.method.indexOf('(');
      hooks.add(
          new Hook(
              null,
              owner,
              woven.method.substring(0, types),
              woven.method.substring(types),
              woven.advice,
              false));
    }
    return weaver.weave(owner, hooks, classFile);
  }
}
