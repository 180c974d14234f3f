package io.heagent.agent.jdk.entrance;

import io.heagent.agent.jdk.weaving.ClassShape;
import io.heagent.agent.jdk.weaving.KnownVersions;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Gives a class that has none a static initialiser, which defines a class of the agent in java.base
 * if the thread that initialises it is prepared for that:
 *
 * <pre>{@code
 * try {
 *   Object handler = Thread.currentThread().getUncaughtExceptionHandler();
 *   if (handler instanceof Supplier) {
 *     byte[] classFile = (byte[]) ((Supplier) handler).get();
 *     Unsafe.getUnsafe().defineClass(null, classFile, 0, classFile.length, null, null);
 *   }
 * } catch (Throwable t) {
 * }
 * }</pre>
 *
 * <p>It is the JDK's internal {@code Unsafe}, which defines what it is given. A {@code Lookup}
 * parses each class first, on JDK 25 with the class-file library, which no start needs otherwise.
 *
 * <p>Nothing may leave the initialiser, because the JDK could not use its class any more.
 */
public final class EntranceWeaver {

  private static final String SUPPLIER = "java/util/function/Supplier";
  private static final String UNSAFE = "jdk/internal/misc/Unsafe";
  private static final String BYTES = "[B";

  private EntranceWeaver() {}

  /**
   * Adds the initialiser.
   *
   * @param classFile a class file of the JDK; null if the JDK lacks it
   * @return null if there is no class file, or if the class has an initialiser of its own
   */
  public static byte[] woven(byte[] classFile) {
    if (classFile == null || ClassShape.of(classFile).has("<clinit>()V")) {
      return null;
    }
    ClassReader reader = new ClassReader(KnownVersions.readable(classFile));
    ClassWriter writer = new ClassWriter(reader, 0);
    ClassVisitor adding =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visitEnd() {
            addTo(writer);
            super.visitEnd();
          }
        };
    reader.accept(adding, 0);
    return KnownVersions.restored(writer.toByteArray(), classFile);
  }

  private static void addTo(ClassWriter writer) {
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    Label begin = new Label();
    Label end = new Label();
    Label failed = new Label();
    Label done = new Label();
    code.visitCode();
    code.visitTryCatchBlock(begin, end, failed, "java/lang/Throwable");
    code.visitLabel(begin);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, "java/lang/Thread", "currentThread", "()Ljava/lang/Thread;", false);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        "java/lang/Thread",
        "getUncaughtExceptionHandler",
        "()Ljava/lang/Thread$UncaughtExceptionHandler;",
        false);
    code.visitVarInsn(Opcodes.ASTORE, 0);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitTypeInsn(Opcodes.INSTANCEOF, SUPPLIER);
    code.visitJumpInsn(Opcodes.IFEQ, done);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitTypeInsn(Opcodes.CHECKCAST, SUPPLIER);
    code.visitMethodInsn(Opcodes.INVOKEINTERFACE, SUPPLIER, "get", "()Ljava/lang/Object;", true);
    code.visitTypeInsn(Opcodes.CHECKCAST, BYTES);
    code.visitVarInsn(Opcodes.ASTORE, 0);
    code.visitMethodInsn(Opcodes.INVOKESTATIC, UNSAFE, "getUnsafe", "()L" + UNSAFE + ";", false);
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitInsn(Opcodes.ICONST_0);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitInsn(Opcodes.ARRAYLENGTH);
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        UNSAFE,
        "defineClass",
        "(Ljava/lang/String;[BIILjava/lang/ClassLoader;Ljava/security/ProtectionDomain;)"
            + "Ljava/lang/Class;",
        false);
    code.visitInsn(Opcodes.POP);
    code.visitLabel(end);
    code.visitJumpInsn(Opcodes.GOTO, done);
    code.visitLabel(failed);
    code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
    code.visitInsn(Opcodes.POP);
    code.visitLabel(done);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(7, 1);
    code.visitEnd();
  }
}
