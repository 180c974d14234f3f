package io.heagent.agent.jdk.weaving;

import java.io.IOException;
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
import net.bytebuddy.utility.AsmClassReader;

/**
 * Weaves Byte Buddy's Advice into class files. It drives ASM itself and uses neither {@code
 * ByteBuddy.redefine} nor {@code AgentBuilder}. For a few hooks in known methods the result is the
 * same, but these two load so many classes that the start would take half as long again, or four
 * times as long. One thread at a time may use it.
 */
public final class Weaver {

  /**
   * The package of the advice for the JDK. It is a name, because these classes are never loaded.
   */
  private static final String ADVICE_PACKAGE = "io.heagent.agent.jdk.advice";

  /**
   * Reads classes by Byte Buddy's own copy of ASM. On a JDK that is newer than it knows, Byte Buddy
   * would take the JDK's class-file API, which loads many more classes.
   */
  private static final AsmClassReader.Factory READERS = AsmClassReader.Factory.Default.ASM_ONLY;

  private final JdkClassFiles files;
  private final String advicePackage;
  private final ClassFileLocator locator;
  private final TypePool pool;

  /** A weaver for classes of the JDK. */
  public Weaver(JdkClassFiles files) {
    this(files, ADVICE_PACKAGE);
  }

  /** A weaver with the advice classes of another package than the JDK's. */
  public Weaver(JdkClassFiles files, String advicePackage) {
    this.files = files;
    this.advicePackage = advicePackage + ".";
    this.locator = new Locator();
    this.pool =
        new TypePool.Default(
            new TypePool.CacheProvider.Simple(),
            locator,
            TypePool.Default.ReaderMode.FAST,
            READERS);
  }

  /** Weaves hooks into the JDK's class file of their owner, and returns the new class file. */
  public byte[] weave(String owner, List<Hook> hooks) {
    return weave(owner, hooks, files.bytes(owner));
  }

  /**
   * Does the same with a class file that another agent has made of the JDK's.
   *
   * @throws IllegalStateException if that class file lacks one of the methods
   */
  public byte[] weave(String owner, List<Hook> hooks, byte[] classFile) {
    TypeDescription type = pool.describe(owner).resolve();
    byte[] readable = KnownVersions.readable(classFile);
    ClassReader reader = new ClassReader(readable);
    // Advice itself computes sizes and frames. ASM would load classes to do so.
    ClassWriter writer = new ClassWriter(reader, 0);
    Weaving weaving = new Weaving(writer, type, ClassFileVersion.ofClassFile(readable), hooks);
    reader.accept(weaving, 0);
    if (weaving.woven != hooks.size()) {
      throw new IllegalStateException("not all of its methods are there any more");
    }
    return KnownVersions.restored(writer.toByteArray(), classFile);
  }

  /**
   * Finds class files of the JDK or the library, and those of the advice, which are the agent's.
   */
  private final class Locator implements ClassFileLocator {

    private final ClassFileLocator own =
        ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader());

    @Override
    public Resolution locate(String name) throws IOException {
      byte[] classFile = files.bytes(name);
      if (classFile == null) {
        // The classes of a library also refer to classes of the JDK, which are found here too.
        Resolution found = own.locate(name);
        if (!found.isResolved()) {
          return found;
        }
        classFile = found.resolve();
      }
      return new Resolution.Explicit(KnownVersions.readable(classFile));
    }

    @Override
    public void close() {}
  }

  private final class Weaving extends ClassVisitor {

    private final TypeDescription type;
    private final ClassFileVersion version;
    private final List<Hook> hooks;
    private int woven;

    Weaving(ClassVisitor next, TypeDescription type, ClassFileVersion version, List<Hook> hooks) {
      super(Opcodes.ASM9, next);
      this.type = type;
      this.version = version;
      this.hooks = hooks;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      for (Hook hook : hooks) {
        if (hook.method().equals(name) && hook.descriptor().equals(descriptor)) {
          woven++;
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
              version,
              version,
              Implementation.Context.FrameGeneration.GENERATE);
      return Advice.withCustomMapping()
          .with(READERS)
          .to(pool.describe(advicePackage + hook.advice()).resolve(), locator)
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
