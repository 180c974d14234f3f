package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where things lie in the finished jar, what its manifest says, and for which Java it is. */
@Tag("jvm")
class JarLayoutIT {
  private static final String BOOT = "io/heagent/agent/";
  private static final String INSIDE = BOOT + "inst/";
  private static final int JAVA_8 = 52;
  private static final int JAVA_17 = 61;

  private static final Path LIMITS = Path.of("../docs/bench/limits.properties");
  private static final String PATCHES = INSIDE + "io/heagent/agent/patch/";
  private static final Set<String> NESTED =
      Set.of(INSIDE + "rest.jar", INSIDE + "commands.jar", INSIDE + "weaving.jar");

  private static AgentJar jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new AgentJar();
  }

  @Test
  void onlyOurPackageAndMetaInf() {
    for (String name : jar.times.keySet()) {
      assertTrue(name.startsWith("io/") || name.startsWith("META-INF/"), name);
      assertTrue(!name.contains("META-INF/versions/") && !name.contains("module-info"), name);
    }
    assertEquals(Set.of("META-INF/MANIFEST.MF", "META-INF/LICENSE"), starting("META-INF/"));
    assertEquals(starting("io/"), starting(BOOT));
  }

  @Test
  void applicationsSeeTheEntryPointsOnly() {
    Set<String> classes = new TreeSet<>(jar.files.keySet());
    // The class loader's nested classes come with it.
    classes.removeIf(name -> !name.endsWith(".class") || name.contains("AgentClassLoader$"));
    assertEquals(
        Set.of(BOOT + "AgentClassLoader.class", BOOT + "HeAgent.class", BOOT + "NestedJar.class"),
        classes);
    for (String name : starting("io/")) {
      assertTrue(
          classes.contains(name)
              || name.startsWith(BOOT + "AgentClassLoader$")
              || (name.startsWith(INSIDE) && name.endsWith(".classdata"))
              || NESTED.contains(name)
              || (name.startsWith(PATCHES) && name.endsWith(".patches")),
          name);
    }
  }

  /** A start reads the jar's directory, and some twenty entries. */
  @Test
  void fewEntriesAndNoneIsPacked() throws IOException {
    Properties limits = new Properties();
    try (Reader reader = Files.newBufferedReader(LIMITS)) {
      limits.load(reader);
    }
    int most = Integer.parseInt(limits.getProperty("jar.entries"));
    assertTrue(jar.outside.size() <= most, jar.outside.size() + " entries");
    for (JarEntry entry : jar.outside) {
      assertEquals(JarEntry.STORED, entry.getMethod(), entry.getName());
    }
  }

  @Test
  void insideIsOursAndTheBridge() {
    Set<String> roots =
        starting(INSIDE).stream()
            .filter(name -> name.endsWith(".classdata"))
            .map(name -> name.substring(INSIDE.length()).split("/", 3))
            .map(parts -> parts[0] + "/" + parts[1])
            .collect(Collectors.toSet());
    // The last one is for what Netty sees of the bridge.
    assertEquals(Set.of("io/heagent", "sun/nio", "java/nio"), roots);
  }

  @Test
  void classFileVersions() {
    jar.files.forEach(
        (name, bytes) -> {
          if (name.endsWith(".class")) {
            assertEquals(JAVA_8, major(bytes), name);
          } else if (name.endsWith(".classdata")) {
            assertTrue(major(bytes) <= JAVA_17, name);
          }
        });
  }

  @Test
  void manifestEntries() {
    Map<String, String> entries = new TreeMap<>();
    jar.manifest
        .getMainAttributes()
        .forEach((key, value) -> entries.put(key.toString(), value.toString()));
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

  private static Set<String> starting(String prefix) {
    Set<String> names = new TreeSet<>(jar.files.keySet());
    names.removeIf(name -> !name.startsWith(prefix));
    return names;
  }

  private static int major(byte[] classFile) {
    return Short.toUnsignedInt(ByteBuffer.wrap(classFile).getShort(6));
  }
}
