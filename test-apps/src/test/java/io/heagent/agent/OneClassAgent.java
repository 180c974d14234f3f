package io.heagent.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent's jar made on the spot; its class stays on the class path. */
final class OneClassAgent {
  private OneClassAgent() {}

  static Path jar(Path directory, Class<?> agent) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", agent.getName());
    main.putValue("Can-Retransform-Classes", "true");
    Path jar = directory.resolve(agent.getSimpleName() + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      for (String name : new String[] {agent.getName(), agent.getName() + "$1"}) {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = agent.getClassLoader().getResourceAsStream(file)) {
          if (in != null) {
            entries.putNextEntry(new JarEntry(file));
            in.transferTo(entries);
          }
        }
      }
    }
    return jar;
  }
}
