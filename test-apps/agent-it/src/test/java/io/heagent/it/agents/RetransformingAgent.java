package io.heagent.it.agents;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Another agent, as tracing agents are: has every {@code connect} of the JDK's sockets note itself
 * in a system property. With the argument {@code gone} it takes all of it back.
 */
public final class RetransformingAgent {
  /** The prefix of the properties; the class's name follows. */
  static final String NOTE = "other.agent.";

  private static final Set<String> CLASSES =
      Set.of("sun/nio/ch/NioSocketImpl", "sun/nio/ch/SocketChannelImpl", "sun/nio/ch/Net");

  private RetransformingAgent() {}

  public static void premain(String argument, Instrumentation instrumentation)
      throws UnmodifiableClassException, ClassNotFoundException {
    // Its own classes first: a transformer that loads classes is asked about them.
    woven(new ClassWriter(0).getClass(), null);
    List<Class<?>> loaded = new ArrayList<>();
    for (String name : CLASSES) {
      loaded.add(Class.forName(name.replace('/', '.')));
    }
    Class<?>[] all = loaded.toArray(Class<?>[]::new);
    Noting noting = new Noting();
    instrumentation.addTransformer(noting, true);
    instrumentation.retransformClasses(all);
    if ("gone".equals(argument)) {
      instrumentation.removeTransformer(noting);
      instrumentation.retransformClasses(all);
    }
  }

  private static final class Noting implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
      return CLASSES.contains(name) ? woven(type, bytes) : null;
    }
  }

  private static byte[] woven(Class<?> type, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    ClassReader reader = AnyVersion.reader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Entries(writer, NOTE + type.getSimpleName()), 0);
    return writer.toByteArray();
  }

  private static final class Entries extends ClassVisitor {
    private final String property;

    Entries(ClassVisitor next, String property) {
      super(Opcodes.ASM9, next);
      this.property = property;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String types, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, types, signature, exceptions);
      return name.equals("connect") ? new Entry(next, property) : next;
    }
  }

  private static final class Entry extends MethodVisitor {
    private final String property;

    Entry(MethodVisitor next, String property) {
      super(Opcodes.ASM9, next);
      this.property = property;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      visitLdcInsn(property);
      visitLdcInsn("seen");
      visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/lang/System",
          "setProperty",
          "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
          false);
      visitInsn(Opcodes.POP);
    }
  }
}
