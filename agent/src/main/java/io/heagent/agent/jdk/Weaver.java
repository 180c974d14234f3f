package io.heagent.agent.jdk;

import java.util.List;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeInitializer;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;

/**
 * Weaves Byte Buddy's Advice into the class files of the JDK. Straight through ASM and not through
 * {@code ByteBuddy.redefine} or {@code AgentBuilder}: the result is the same for a few hooks in
 * known methods, and a third (or three quarters) of the start-up time stays unspent on loading
 * classes.
 */
final class Weaver {

  private static final String ADVICE_PACKAGE = Weaver.class.getPackageName() + ".";

  private final JdkClassFiles files;
  private final ClassFileLocator locator;
  private final TypePool pool;

  Weaver(JdkClassFiles files) {
    this.files = files;
    // The agent's own loader also finds what the JDK's find.
    this.locator = ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader());
    this.pool =
        new TypePool.Default(
            new TypePool.CacheProvider.Simple(), locator, TypePool.Default.ReaderMode.FAST);
  }

  /** The class file of the owner with these hooks (all its own) woven in. */
  byte[] weave(String owner, List<Hook> hooks) {
    TypeDescription type = pool.describe(owner).resolve();
    ClassReader reader = new ClassReader(files.bytes(owner));
    // Sizes and frames are Advice's own work, without loading classes to merge types.
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Weaving(writer, type, hooks), 0);
    return writer.toByteArray();
  }

  private final class Weaving extends ClassVisitor {

    private final TypeDescription type;
    private final List<Hook> hooks;

    Weaving(ClassVisitor next, TypeDescription type, List<Hook> hooks) {
      super(Opcodes.ASM9, next);
      this.type = type;
      this.hooks = hooks;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      for (Hook hook : hooks) {
        if (hook.method().equals(name) && hook.descriptor().equals(descriptor)) {
          return advised(hook, next);
        }
      }
      return next;
    }

    private MethodVisitor advised(Hook hook, MethodVisitor next) {
      Implementation.Context context =
          Implementation.Context.Disabled.Factory.INSTANCE.make(
              type,
              null,
              TypeInitializer.None.INSTANCE,
              ClassFileVersion.ofThisVm(),
              ClassFileVersion.ofThisVm(),
              Implementation.Context.FrameGeneration.GENERATE);
      return Advice.to(pool.describe(ADVICE_PACKAGE + hook.advice()).resolve(), locator)
          .wrap(type, described(hook), next, context, pool, 0, 0);
    }

    private MethodDescription described(Hook hook) {
      for (MethodDescription method : type.getDeclaredMethods()) {
        if (method.getInternalName().equals(hook.method())
            && method.getDescriptor().equals(hook.descriptor())) {
          return method;
        }
      }
      throw new IllegalStateException("no " + hook);
    }
  }
}
