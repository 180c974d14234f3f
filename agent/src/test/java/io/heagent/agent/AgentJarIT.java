package io.heagent.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the finished jar must not carry along from its build, and must not lack. */
@Tag("jvm")
class AgentJarIT {

  private static final String INSIDE = "io/heagent/agent/inst/";

  private static AgentJar jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new AgentJar();
  }

  private static Set<String> named(String part) {
    Set<String> found = new TreeSet<>(jar.times.keySet());
    found.removeIf(name -> !name.contains(part));
    return found;
  }

  @Test
  void tellsTheVersionThatIsBuilt() {
    assertEquals(
        System.getProperty("he.agent.version"),
        jar.manifest.getMainAttributes().getValue("Implementation-Version"));
    assertEquals(Map.of(), jar.manifest.getEntries());
  }

  @Test
  void theLicenceIsThatOfTheProject() throws IOException {
    assertEquals(
        Files.readString(Path.of("../LICENSE")),
        new String(jar.files.get("META-INF/LICENSE"), UTF_8));
  }

  @Test
  void everyPartIsInside() {
    for (String needed :
        List.of(
            "io/heagent/agent/start/Start",
            "io/heagent/engine/core/RaceCore",
            "io/heagent/agent/bytebuddy/asm/Advice",
            "sun/nio/ch/HeHook",
            "sun/nio/ch/HeSelect",
            "sun/nio/ch/HeJdk",
            "sun/nio/ch/HeSocket",
            "sun/nio/ch/HeCache")) {
      assertTrue(jar.files.containsKey(INSIDE + needed + ".classdata"), needed);
    }
  }

  /**
   * Stubs of JDK classes serve the compiler only. If the jar had one and it were loaded, it would
   * replace a class of the JDK.
   */
  @Test
  void ofTheJdksPackagesOnlyTheBridge() {
    Set<String> jdk = named("sun/nio/ch/");
    jdk.remove(INSIDE + "sun/nio/ch/");
    jdk.removeIf(name -> name.startsWith(INSIDE + "sun/nio/ch/He"));
    assertEquals(Set.of(), jdk);
    Set<String> seenByNetty = named("java/nio/channels/");
    seenByNetty.removeIf(name -> name.endsWith("/"));
    assertEquals(Set.of(INSIDE + "java/nio/channels/HeNetty.classdata"), seenByNetty);
    assertEquals(Set.of(), named("Poller"));
  }

  /**
   * The program may bring its own Byte Buddy; ours must not answer to that name, nor ask for it.
   */
  @Test
  void byteBuddyIsRelocatedEverywhere() {
    assertEquals(Set.of(), named("net/bytebuddy"));
    Set<String> mentions = new TreeSet<>();
    for (String file : jar.files.keySet()) {
      // As names of classes, and as names of the properties that it reads.
      if (jar.contains(file, "net/bytebuddy/")
          || jar.hasTextThatBeginsWith(file, "net.bytebuddy.")) {
        mentions.add(file);
      }
    }
    assertEquals(Set.of(), mentions);
    assertFalse(named("io/heagent/agent/bytebuddy/").isEmpty());
  }

  @Test
  void nothingOfTheBuildIsTold() {
    Set<String> mentions = new TreeSet<>();
    String home = Path.of("").toAbsolutePath().toString();
    jar.files.keySet().stream().filter(file -> jar.contains(file, home)).forEach(mentions::add);
    assertEquals(Set.of(), mentions);
  }

  /** Reproducible: one time everywhere, whenever and wherever it is built. */
  @Test
  void oneTimeForAllEntries() {
    LocalDateTime time =
        OffsetDateTime.parse(System.getProperty("he.agent.time")).toLocalDateTime();
    assertEquals(Set.of(time), Set.copyOf(jar.times.values()));
  }
}
