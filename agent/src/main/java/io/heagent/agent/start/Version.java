package io.heagent.agent.start;

import java.io.InputStream;
import java.net.URI;
import java.util.jar.Manifest;

/** The agent's version, from the manifest of its jar. */
final class Version {

  private Version() {}

  static String text() {
    // The class AgentClassLoader, which has loaded this class, lies in the jar as a plain entry.
    // This
    // class itself lies in a folder or nested jar that only that loader can read.
    try {
      Class<?> outside = Version.class.getClassLoader().getClass();
      String path = outside.getResource("HeAgent.class").toString();
      String manifest = path.substring(0, path.indexOf("!/")) + "!/META-INF/MANIFEST.MF";
      try (InputStream in = new URI(manifest).toURL().openStream()) {
        return new Manifest(in).getMainAttributes().getValue("Implementation-Version");
      }
    } catch (Exception e) {
      return "(version unknown)";
    }
  }
}
