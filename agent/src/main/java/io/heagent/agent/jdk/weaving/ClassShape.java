package io.heagent.agent.jdk.weaving;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The names and types of the fields and methods of a class. They are read from the class file, so
 * that the class is neither loaded nor initialised. Immutable once made.
 */
public final class ClassShape {

  private final Set<String> members = new HashSet<>();
  private final Map<String, Object> constants = new HashMap<>();

  public static ClassShape of(byte[] classFile) {
    ClassShape shape = new ClassShape();
    new ClassReader(KnownVersions.readable(classFile))
        .accept(
            shape.new Collector(),
            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return shape;
  }

  /** Whether the class declares a method {@code name(types)type}, or a field {@code name:type}. */
  public boolean has(String member) {
    return members.contains(member);
  }

  /** The value of an int field that is a compile-time constant; null if there is no such field. */
  public Integer constant(String field) {
    return constants.get(field) instanceof Integer value ? value : null;
  }

  private final class Collector extends ClassVisitor {

    Collector() {
      super(Opcodes.ASM9);
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      members.add(name + ":" + descriptor);
      constants.put(name, value);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      members.add(name + descriptor);
      return null;
    }
  }
}
