package io.heagent.agent.jdk.weaving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Weaves advice into classes of a library, by their class files alone: nothing of the library is
 * loaded for it. Of one copy of the library, and for one thread at a time.
 */
public final class LibraryWeaver {

  /**
   * A method of the library that is woven.
   *
   * @param owner the class, with dots
   * @param method name and types, in class-file form
   * @param advice the name of the advice class
   */
  public record Woven(String owner, String method, String advice) {}

  private final JdkClassFiles classFiles;
  private final Map<String, ClassShape> shapes = new HashMap<>();
  private final Weaver weaver;

  /**
   * Of a copy of the library.
   *
   * @param classFiles the library's, by class name, each asked for once; null for what is none of
   *     its own
   * @param advicePackage where the advice classes are
   */
  public LibraryWeaver(Function<String, byte[]> classFiles, String advicePackage) {
    this.classFiles = new JdkClassFiles(classFiles);
    this.weaver = new Weaver(this.classFiles, advicePackage);
  }

  /** Whether a class has this member, {@code name(types)type} or {@code name:type}. */
  public boolean has(String owner, String member) {
    return shapes.computeIfAbsent(owner, name -> ClassShape.of(classFiles.bytes(name))).has(member);
  }

  /** The class file with all of these methods woven, which are its own. */
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
