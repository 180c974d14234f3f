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

/** The members of a class, read from its class file: nothing is loaded or initialised for it. */
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

  /** Whether there is this member, {@code name(types)type} or {@code name:type}. */
  public boolean has(String member) {
    return members.contains(member);
  }

  /** The value of a compile-time constant; null if there is none of that name. */
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
