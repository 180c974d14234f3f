package io.heagent.it.control;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;

/** Another agent, which changes nothing, and tells what classes are made of. */
public final class WatchingAgent {
  private static Instrumentation instrumentation;

  private WatchingAgent() {}

  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  /** How many classes have a loader of this name. */
  static long loadedBy(String loader) {
    long count = 0;
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      ClassLoader of = type.getClassLoader();
      if (of != null && of.getClass().getName().equals(loader)) {
        count++;
      }
    }
    return count;
  }

  /**
   * The class file of a loaded class, as a retransformation gets it, with its constants in the
   * order in which they are used: a redefinition leaves the old ones among them.
   */
  public static byte[] classFile(Class<?> type) throws UnmodifiableClassException {
    byte[][] seen = new byte[1][];
    ClassFileTransformer reader =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String name, Class<?> of, ProtectionDomain domain, byte[] bytes) {
            if (of == type) {
              seen[0] = bytes;
            }
            return null;
          }
        };
    instrumentation.addTransformer(reader, true);
    try {
      instrumentation.retransformClasses(type);
    } finally {
      instrumentation.removeTransformer(reader);
    }
    ClassWriter plain = new ClassWriter(0);
    // Up to some JDK a redefined class of the boot loader has no stack maps any more (JDK-8228604).
    new ClassReader(seen[0]).accept(plain, ClassReader.SKIP_FRAMES);
    return plain.toByteArray();
  }
}
