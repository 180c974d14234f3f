package io.heagent.it.agents;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * As JaCoCo: adds a method to classes as they are loaded, which every {@code connect} calls and
 * which notes it in a system property, and has no part in redefinitions. With the argument {@code
 * early} it loads the classes itself.
 */
public final class AddingAgent {
  private static final Set<String> CLASSES =
      Set.of(
          "sun/nio/ch/NioSocketImpl",
          "sun/nio/ch/SocketChannelImpl",
          "sun/nio/ch/UnixAsynchronousSocketChannelImpl");

  private AddingAgent() {}

  public static void premain(String argument, Instrumentation instrumentation)
      throws ClassNotFoundException {
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String name, Class<?> type, ProtectionDomain of, byte[] bytes) {
            return type == null && CLASSES.contains(name) ? added(name, bytes) : null;
          }
        });
    if ("early".equals(argument)) {
      for (String name : CLASSES) {
        Class.forName(name.replace('/', '.'));
      }
    }
  }

  private static byte[] added(String name, byte[] bytes) {
    ClassReader reader = AnyVersion.reader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Adding(writer, name), 0);
    return writer.toByteArray();
  }

  private static final class Adding extends ClassVisitor {
    private static final String ADDED = "$added";
    private final String owner;

    Adding(ClassVisitor next, String owner) {
      super(Opcodes.ASM9, next);
      this.owner = owner;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String types, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, types, signature, exceptions);
      if (!name.equals("connect") && !name.equals("implConnect")) {
        return next;
      }
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitCode() {
          super.visitCode();
          visitMethodInsn(Opcodes.INVOKESTATIC, owner, ADDED, "()V", false);
        }
      };
    }

    @Override
    public void visitEnd() {
      MethodVisitor added =
          super.visitMethod(
              Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
              ADDED,
              "()V",
              null,
              null);
      added.visitCode();
      added.visitLdcInsn(RetransformingAgent.NOTE + owner.substring(owner.lastIndexOf('/') + 1));
      added.visitLdcInsn("yes");
      added.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/lang/System",
          "setProperty",
          "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
          false);
      added.visitInsn(Opcodes.POP);
      added.visitInsn(Opcodes.RETURN);
      added.visitMaxs(2, 0);
      added.visitEnd();
      super.visitEnd();
    }
  }
}
