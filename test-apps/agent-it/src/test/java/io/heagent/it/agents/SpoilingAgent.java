package io.heagent.it.agents;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Makes one class of the JDK impossible to change: the JVM gets bytes that are no class file when
 * an agent changes it.
 */
public final class SpoilingAgent {
  private SpoilingAgent() {}

  /** The argument is the class's name. */
  public static void premain(String name, Instrumentation instrumentation)
      throws ClassNotFoundException {
    Class<?> spoilt = Class.forName(name);
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String of, Class<?> type, ProtectionDomain d, byte[] bytes) {
            return type == spoilt ? new byte[] {1, 2, 3, 4} : null;
          }
        });
  }
}
