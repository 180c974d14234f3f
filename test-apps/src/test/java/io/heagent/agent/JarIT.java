package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Opens the finished jar. */
class JarIT {
  private static final String BOOT = "io/heagent/agent/";
  private static final String INSIDE = BOOT + "inst/";
  private static final int JAVA_8 = 52;
  private static final int JAVA_17 = 61;

  @Test
  void onlyOurPackageAndMetaInf() throws IOException {
    for (String name : names()) {
      assertTrue(name.startsWith("io/heagent/agent/") || name.startsWith("META-INF/"), name);
      assertTrue(!name.contains("META-INF/versions/") && !name.contains("module-info"), name);
    }
    assertEquals(
        Set.of("META-INF/MANIFEST.MF", "META-INF/LICENSE"),
        names().stream().filter(n -> n.startsWith("META-INF/")).collect(Collectors.toSet()));
  }

  @Test
  void applicationsSeeTheEntryPointsOnly() throws IOException {
    List<String> classes = names().stream().filter(n -> n.endsWith(".class")).toList();
    assertEquals(List.of(BOOT + "AgentClassLoader.class", BOOT + "HeAgent.class"), classes);
    for (String name : names()) {
      boolean meta = name.startsWith("META-INF/") || classes.contains(name);
      assertTrue(meta || (name.startsWith(INSIDE) && name.endsWith(".classdata")), name);
    }
  }

  @Test
  void byteBuddyIsRelocated() throws IOException {
    Set<String> roots = new TreeSet<>();
    for (String name : names()) {
      if (name.startsWith(INSIDE)) {
        roots.add(Path.of(name.substring(INSIDE.length())).subpath(0, 2).toString());
      }
    }
    assertEquals(Set.of("io/heagent", "sun/nio"), roots);
    try (JarFile jar = open()) {
      for (JarEntry entry : jar.stream().filter(e -> e.getName().endsWith("data")).toList()) {
        String bytes =
            new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(!bytes.contains("Lnet/bytebuddy/"), entry::getName);
      }
    }
  }

  @Test
  void classFileVersions() throws IOException {
    try (JarFile jar = open()) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.endsWith(".class")) {
          assertEquals(JAVA_8, major(jar, entry), name);
        } else if (name.endsWith(".classdata")) {
          assertTrue(major(jar, entry) <= JAVA_17, name);
        }
      }
    }
  }

  @Test
  void manifestEntries() throws IOException {
    try (JarFile jar = open()) {
      Map<String, String> entries = new TreeMap<>();
      Attributes main = jar.getManifest().getMainAttributes();
      main.forEach((key, value) -> entries.put(key.toString(), value.toString()));
      String version = entries.remove("Implementation-Version");
      assertTrue(version.matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), version);
      Map<String, String> expected = new TreeMap<>();
      expected.put("Manifest-Version", "1.0");
      expected.put("Ant-Version", "fixed");
      expected.put("Created-By", "he-agent");
      expected.put("Implementation-Title", "he-agent");
      expected.put("Automatic-Module-Name", "io.heagent.agent");
      expected.put("Can-Redefine-Classes", "true");
      expected.put("Can-Retransform-Classes", "true");
      for (String entry :
          List.of("Premain-Class", "Agent-Class", "Main-Class", "Launcher-Agent-Class")) {
        expected.put(entry, "io.heagent.agent.HeAgent");
      }
      assertEquals(expected, entries);
    }
  }

  /** One time for all entries: what a second build of the same sources needs to be the same. */
  @Test
  void oneTimeForAllEntries() throws IOException {
    try (JarFile jar = open()) {
      Set<Long> times = jar.stream().map(JarEntry::getTime).collect(Collectors.toSet());
      assertEquals(1, times.size(), times::toString);
    }
  }

  private static int major(JarFile jar, JarEntry entry) throws IOException {
    try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
      in.readInt();
      in.readUnsignedShort();
      return in.readUnsignedShort();
    }
  }

  private static List<String> names() throws IOException {
    try (JarFile jar = open()) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .sorted()
          .toList();
    }
  }

  private static JarFile open() throws IOException {
    return new JarFile(AgentLab.JAR.toFile());
  }
}
