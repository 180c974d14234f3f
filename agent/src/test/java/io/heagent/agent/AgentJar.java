package io.heagent.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The finished jar, all of it in memory; failsafe is told where it is. What is in the jars inside
 * it counts as if it were in the jar itself.
 */
final class AgentJar {

  private static final String INSIDE = "io/heagent/agent/inst/";

  /** The jar's own entries. */
  final List<JarEntry> outside = new ArrayList<>();

  final Path path = Path.of(System.getProperty("he.agent.jar"));
  final Manifest manifest;

  /** Files by name, in the jar's order; no folders. */
  final Map<String, byte[]> files = new LinkedHashMap<>();

  /** Local time stamps by name, folders too. */
  final Map<String, LocalDateTime> times = new LinkedHashMap<>();

  AgentJar() throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      manifest = jar.getManifest();
      for (JarEntry entry : jar.stream().toList()) {
        times.put(entry.getName(), entry.getTimeLocal());
        if (!entry.isDirectory()) {
          byte[] bytes;
          try (InputStream in = jar.getInputStream(entry)) {
            bytes = in.readAllBytes();
          }
          outside.add(entry);
          if (entry.getName().endsWith(".jar")) {
            readNested(bytes);
          } else {
            files.put(entry.getName(), bytes);
          }
        }
      }
    }
  }

  private void readNested(byte[] bytes) throws IOException {
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(bytes))) {
      for (JarEntry entry; (entry = in.getNextJarEntry()) != null; ) {
        String name = INSIDE + entry.getName() + "data";
        times.put(name, entry.getTimeLocal());
        files.put(name, in.readAllBytes());
      }
    }
  }

  /** Whether the text stands anywhere in the file: class files keep their names in the clear. */
  boolean contains(String file, String text) {
    return new String(files.get(file), ISO_8859_1).contains(text);
  }

  /** Whether a text of a class file begins like this. */
  boolean hasTextThatBeginsWith(String file, String text) {
    // The class file has the text's length before it, in two bytes. The first is 0, because the
    // text is short.
    String content = new String(files.get(file), ISO_8859_1);
    return Pattern.compile("\u0001\u0000." + Pattern.quote(text), Pattern.DOTALL)
        .matcher(content)
        .find();
  }
}
