package io.heagent.it.startup.entrance;

import io.heagent.it.agents.AnyVersion;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Gets hold of the class by which our agent comes into the JDK's package. The argument says how:
 * {@code load} loads it, {@code change} adds a field to it when it is loaded, and {@code again}
 * changes it once it is loaded, and adds nothing, which the JVM would refuse.
 */
public final class NeighbourAgent implements ClassFileTransformer {
  private static final String NAME = "sun/nio/ch/IOStatus";

  private final boolean again;

  private NeighbourAgent(boolean again) {
    this.again = again;
  }

  public static void premain(String how, Instrumentation instrumentation)
      throws ClassNotFoundException, UnmodifiableClassException {
    boolean again = how.equals("again");
    if (!how.equals("load")) {
      instrumentation.addTransformer(new NeighbourAgent(again), again);
    }
    if (!how.equals("change")) {
      Class<?> neighbour = Class.forName(NAME.replace('/', '.'), false, null);
      if (again) {
        instrumentation.retransformClasses(neighbour);
      }
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> type, ProtectionDomain of, byte[] bytes) {
    return NAME.equals(name) && again == (type != null) ? changed(bytes) : null;
  }

  private byte[] changed(byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    ClassReader reader = AnyVersion.reader(bytes);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visitEnd() {
            if (!again) {
              super.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, "added", "I", null, null);
            }
            super.visitEnd();
          }
        },
        0);
    return writer.toByteArray();
  }
}
