package io.heagent.it.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Copies of a jar that say that they are of another version. */
final class JarVersion {
  private JarVersion() {}

  static Path copy(Path from, Path to, String version) throws IOException {
    try (JarFile jar = new JarFile(from.toFile())) {
      Manifest manifest = jar.getManifest();
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), manifest)) {
        List<JarEntry> entries = jar.stream().toList();
        for (JarEntry entry : entries) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new ZipEntry(entry.getName()));
            try (InputStream in = jar.getInputStream(entry)) {
              in.transferTo(out);
            }
            out.closeEntry();
          }
        }
      }
    }
    return to;
  }
}
