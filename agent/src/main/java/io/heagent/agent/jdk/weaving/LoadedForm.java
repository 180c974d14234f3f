package io.heagent.agent.jdk.weaving;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Finds out in which form a class is loaded, with the changes of other agents, by a
 * retransformation that changes nothing. For one class and one thread.
 */
final class LoadedForm implements ClassFileTransformer {

  private final Class<?> wanted;

  /** Written by the thread that calls {@link #capture}. */
  private byte[] captured;

  LoadedForm(Class<?> wanted) {
    this.wanted = wanted;
  }

  /** Returns the class file in the form in which the class is loaded. */
  byte[] capture(Instrumentation instrumentation) throws Exception {
    instrumentation.addTransformer(this, true);
    try {
      instrumentation.retransformClasses(wanted);
    } finally {
      instrumentation.removeTransformer(this);
    }
    if (captured == null) {
      throw new IllegalStateException("the JVM does not say what is loaded");
    }
    return captured;
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
    if (loaded == wanted) {
      captured = bytes.clone();
    }
    return null;
  }
}
