package io.heagent.agent.start;

import java.io.InputStream;
import java.net.URI;
import java.util.jar.Manifest;

/** The version, from the manifest of the agent's jar. */
final class Version {

  private Version() {}

  static String text() {
    // The system class loader, because the JVM puts the agent's jar there.
    try {
      Class<?> entry = ClassLoader.getSystemClassLoader().loadClass("io.heagent.agent.HeAgent");
      String path = entry.getResource("HeAgent.class").toString();
      String manifest = path.substring(0, path.indexOf("!/")) + "!/META-INF/MANIFEST.MF";
      try (InputStream in = new URI(manifest).toURL().openStream()) {
        return new Manifest(in).getMainAttributes().getValue("Implementation-Version");
      }
    } catch (Exception e) {
      return "(version unknown)";
    }
  }
}
