package io.heagent.agent.jdk;

import java.util.List;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Lists what a redefinition must leave as it is: the class, its members, their modifiers. */
final class MemberLister extends ClassVisitor {

  private final List<String> members;

  MemberLister(List<String> members) {
    super(Opcodes.ASM9);
    this.members = members;
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    members.add(
        version + " " + access + " " + name + " " + parent + " " + String.join(",", interfaces));
  }

  @Override
  public FieldVisitor visitField(
      int access, String name, String type, String signature, Object value) {
    members.add(access + " " + name + ":" + type);
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String types, String signature, String[] exceptions) {
    members.add(access + " " + name + types);
    return null;
  }
}
