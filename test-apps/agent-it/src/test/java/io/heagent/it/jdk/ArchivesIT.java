package io.heagent.it.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.Scenario;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Hello;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Archives of a program's classes: those of class-data sharing (JDK 13), and AOT caches (JDK 24).
 * Where one works with the agent, nobody says a word on stderr; where the JVM refuses, it says why
 * itself.
 */
@Tag("jvm")
class ArchivesIT extends StartCase {
  private static final int AOT_CACHE_IN_ONE_STEP = 25;

  private static TempDirectory directory;

  /** What the program needs of the class path, as jars: no archive takes directories. */
  private static String jars;

  @BeforeAll
  static void pack() throws Exception {
    Path lib = JdkHomes.current().home().resolve("lib");
    assumeTrue(
        Files.exists(lib.resolve("server").resolve("classes.jsa")), "this JDK has no CDS archive");
    directory = TempDirectory.create("archives");
    StringBuilder path = new StringBuilder();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(part);
      if (Files.isDirectory(jar)) {
        jar = directory.path().resolve("classes" + path.length() + ".jar");
        pack(Path.of(part), jar);
      } else if (!jar.getFileName().toString().startsWith("he-")) {
        continue;
      }
      path.append(path.length() == 0 ? "" : File.pathSeparator).append(jar);
    }
    jars = path.toString();
  }

  private static void pack(Path classes, Path jar) throws Exception {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }
  }

  @AfterAll
  static void delete() throws Exception {
    if (directory != null) {
      directory.close();
    }
  }

  private static Path file(String name) {
    return directory.path().resolve(name);
  }

  private static ForkedJvm.Outcome dialAll(ForkedJvm jvm) throws Exception {
    return dialAll(jvm.classPath(jars), Scenario.REFUSED_FIRST);
  }

  /** The JVM itself refuses, whatever the agent. */
  @Test
  void noJvmWithAnAgentDumpsAnArchive() throws Exception {
    Path archive = file("with.jsa");
    ForkedJvm.Outcome outcome =
        lab.agent("").classPath(jars).flags("-XX:ArchiveClassesAtExit=" + archive).run(Hello.class);
    assertNotEquals(0, outcome.exitCode());
    String said = outcome.stdout() + outcome.stderr();
    assertTrue(said.contains("Must enable AllowArchivingWithJavaAgent"), said);
    assertFalse(said.contains("[he-agent]"), said);
    assertFalse(Files.exists(archive));
  }

  @Test
  void archiveDumpedWithoutTheAgentIsUsedWithIt() throws Exception {
    Path archive = file("without.jsa");
    ForkedJvm.Outcome dump = dialAll(lab.plain().flags("-XX:ArchiveClassesAtExit=" + archive));
    assertEquals(all(PLAIN), dump.stdout(), dump::stderr);
    assertTrue(Files.exists(archive), dump::stderr);
    Path log = file("classes.log");
    ForkedJvm.Outcome outcome =
        dialAll(
            lab.agent("")
                .flags(
                    "-Xshare:on",
                    "-XX:SharedArchiveFile=" + archive,
                    "-Xlog:class+load:file=" + log + ":none"));
    assertEquals("", outcome.stderr());
    assertEquals(all(RACED), withoutTheJvms(outcome.stdout()));
    assertShared(log);
  }

  /** On JDK 25 the JVM says, with any agent, that it has the module of agents added since. */
  private static String withoutTheJvms(String output) {
    return output.replaceAll("(?m)^\\[[0-9.]+s\\]\\[error\\]\\[(cds|aot)\\] .*\n", "");
  }

  /** The program's own classes come out of the archive. */
  private static void assertShared(Path log) throws Exception {
    try (Stream<String> lines = Files.lines(log)) {
      String program =
          lines.filter(line -> line.startsWith("io.heagent.it.startup.DialAll ")).findFirst().get();
      assertTrue(program.contains("source: shared objects file"), program);
    }
  }

  @Test
  void aotCacheTrainedWithTheAgentIsUsedWithIt() throws Exception {
    assumeAotCache();
    assertIsUsed(file("with.aot"), lab.agent(""));
  }

  /** What the JVM compares is which modules are there, and every agent adds this one. */
  @Test
  void aotCacheTrainedWithTheModuleOfAgentsIsUsedWithTheAgent() throws Exception {
    assumeAotCache();
    assertIsUsed(file("module.aot"), lab.plain().flags("--add-modules", "java.instrument"));
  }

  private static void assertIsUsed(Path cache, ForkedJvm trained) throws Exception {
    // What the JVM tells of its training is its own affair; it trains in a JVM of its own.
    ForkedJvm.Outcome training = dialAll(trained.flags("-XX:AOTCacheOutput=" + cache));
    assertEquals(0, training.exitCode(), training::stderr);
    assertFalse(training.stderr().contains("[he-agent]"), training::stderr);
    assertTrue(Files.exists(cache), training::toString);
    Path log = file(cache.getFileName() + ".log");
    assertQuiet(
        all(RACED),
        dialAll(
            lab.agent("")
                .flags(
                    "-XX:AOTCache=" + cache,
                    "-XX:AOTMode=on",
                    "-Xlog:class+load:file=" + log + ":none")));
    assertShared(log);
  }

  @Test
  void aotCacheTrainedWithoutTheAgentIsNotUsedWithIt() throws Exception {
    assumeAotCache();
    Path cache = file("without.aot");
    ForkedJvm.Outcome training = dialAll(lab.plain().flags("-XX:AOTCacheOutput=" + cache));
    assertTrue(Files.exists(cache), training::toString);
    ForkedJvm.Outcome auto = dialAll(lab.agent("").flags("-XX:AOTCache=" + cache));
    assertEquals("", auto.stderr());
    assertEquals(all(RACED), withoutTheJvms(auto.stdout()));
    String complaint = "java.instrument specified during runtime but not during dump time";
    assertTrue(auto.stdout().contains(complaint), auto.stdout());
    ForkedJvm.Outcome on = dialAll(lab.agent("").flags("-XX:AOTCache=" + cache, "-XX:AOTMode=on"));
    assertNotEquals(0, on.exitCode());
    String said = on.stdout() + on.stderr();
    assertTrue(said.contains("Unable to use AOT cache"), said);
    assertFalse(said.contains("[he-agent]"), said);
  }

  private static void assumeAotCache() {
    assumeTrue(
        Runtime.version().feature() >= AOT_CACHE_IN_ONE_STEP, "this JDK has no -XX:AOTCacheOutput");
  }
}
