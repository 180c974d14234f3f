package io.heagent.probes;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Set;

/** Another agent: it transforms, and has transformed again, the classes that ours weaves into. */
public final class RetransformingAgent {
  private static final Set<String> CLASSES =
      Set.of("sun.nio.ch.Net", "sun.nio.ch.NioSocketImpl", "sun.nio.ch.SocketChannelImpl");

  private RetransformingAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String name, Class<?> type, ProtectionDomain d, byte[] bytes) {
            // Not null: the JVM takes it for another class file.
            return type == null ? null : bytes.clone();
          }
        },
        true);
    for (String name : CLASSES) {
      instrumentation.retransformClasses(Class.forName(name, false, null));
    }
  }
}
