package io.heagent.it.agents.hidden;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Hands those agents that come after it, when one class is loaded, what is no class, and the JVM
 * the class as it is: for it alone, that class can be neither patched nor woven.
 */
public final class HidingAgent {
  private static volatile byte[] hidden;

  private HidingAgent() {}

  /** The argument is the class's name, with slashes. */
  public static void premain(String name, Instrumentation instrumentation) {
    // The JVM asks first all transformers that cannot retransform, in the order of their coming.
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String of, Class<?> type, ProtectionDomain d, byte[] bytes) {
            if (!name.equals(of)) {
              return null;
            }
            hidden = bytes;
            return new byte[] {1, 2, 3, 4};
          }
        },
        false);
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String of, Class<?> type, ProtectionDomain d, byte[] bytes) {
            return name.equals(of) ? hidden : null;
          }
        },
        true);
  }
}
