package io.heagent.it.agents;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLConnection;
import java.security.ProtectionDomain;

/**
 * Looks at every class of he-agent that it is asked about, as Datadog's does: by its class file,
 * and loads the class where the loader has none; with the argument {@code load} always.
 */
public final class NosyAgent {
  private static final String PREFIX = "io/heagent/agent/";

  private NosyAgent() {}

  public static void premain(String argument, Instrumentation instrumentation) {
    boolean load = "load".equals(argument);
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String name, Class<?> type, ProtectionDomain of, byte[] bytes) {
            // A class of the class path's loader would be defined twice if the agent loaded it.
            if (name != null
                && name.startsWith(PREFIX)
                && loader != ClassLoader.getSystemClassLoader()) {
              look(loader, name, load);
            }
            return null;
          }
        });
  }

  private static void look(ClassLoader loader, String name, boolean load) {
    try {
      if (load || !isClassFile(loader.getResource(name + ".class"))) {
        Class.forName(name.replace('/', '.'), false, loader);
      }
    } catch (ClassNotFoundException | IOException e) {
      // Some classes are made while the program runs, and have no file.
      return;
    }
  }

  private static boolean isClassFile(URL url) throws IOException {
    if (url == null) {
      return false;
    }
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return in.read() == 0xCA && in.read() == 0xFE;
    }
  }
}
