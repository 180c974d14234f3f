package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.KnownVersions;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** The running JDK's class files with something taken out, as a JDK to come may have them. */
final class OtherJdk {

  private OtherJdk() {}

  /** Without a class. */
  static Requirements withoutClass(String className) {
    return new Requirements(
        new JdkClassFiles(name -> name.equals(className) ? null : JdkClassFiles.read(name)));
  }

  /** Without a member: {@code name(types)type}, {@code name:type}, or a field's bare name. */
  static Requirements without(String className, String member) {
    return new Requirements(
        new JdkClassFiles(
            name ->
                name.equals(className)
                    ? strip(JdkClassFiles.read(name), member)
                    : JdkClassFiles.read(name)));
  }

  private static byte[] strip(byte[] classFile, String member) {
    ClassWriter writer = new ClassWriter(0);
    boolean[] found = {false};
    new ClassReader(KnownVersions.readable(classFile))
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public FieldVisitor visitField(
                  int access, String name, String type, String signature, Object value) {
                return isMeant(name + ":" + type)
                    ? null
                    : super.visitField(access, name, type, signature, value);
              }

              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String types, String signature, String[] exceptions) {
                return isMeant(name + types)
                    ? null
                    : super.visitMethod(access, name, types, signature, exceptions);
              }

              private boolean isMeant(String candidate) {
                boolean meant = candidate.equals(member) || candidate.startsWith(member + ":");
                found[0] |= meant;
                return meant;
              }
            },
            0);
    if (!found[0]) {
      throw new IllegalArgumentException("this JDK has no " + member + " to take out");
    }
    return writer.toByteArray();
  }
}
