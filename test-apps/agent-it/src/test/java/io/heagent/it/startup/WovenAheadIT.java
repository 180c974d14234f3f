package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.testkit.jvm.Compilers;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Jdk;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.Strace;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On a JDK whose patches are in the jar nothing of Byte Buddy is loaded; wherever a patch is not to
 * be had, or does not fit, Byte Buddy weaves, and every connect is raced all the same.
 */
@Tag("jvm")
class WovenAheadIT extends StartCase {
  private static final String AHEAD = ", woven ahead, ";
  private static final String AT_START = ", woven at start, ";
  private static final String JAR = "he-agent.jar";
  private static final String PATCHES = "he-agent.patches";

  private static TempDirectory shared;

  /** The banner of the jar as it is, in a JVM that has noted which classes it loads. */
  private static String ofJar;

  /** Whether the jar brings along patches for this JDK. */
  private static boolean jarHasPatches;

  /** What came of the preparation of this JDK for a jar without patches. */
  private static ForkedJvm.Outcome preparation;

  @BeforeAll
  static void lookAndPrepare() throws Exception {
    shared = TempDirectory.create("jar");
    ofJar = banner(lab.agent("log=info").flags(loadsInto(shared.path().resolve("log"))));
    jarHasPatches = ofJar.contains(AHEAD);
    copy(shared.path().resolve(JAR), -1);
    preparation = prepare(shared.path().resolve(JAR));
  }

  @AfterAll
  static void delete() throws IOException {
    shared.close();
  }

  private static String loadsInto(Path log) {
    return "-Xlog:class+load:file=" + log + ":none";
  }

  /** Copies the jar without patches and those that were made for it. Gives the jar. */
  private static Path preparedIn(Path directory) throws IOException {
    assertEquals(0, preparation.exitCode(), preparation::stderr);
    for (String name : List.of(JAR, PATCHES)) {
      Files.copy(
          shared.path().resolve(name), directory.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return directory.resolve(JAR);
  }

  /** The banner of a start after which every way to connect is raced. */
  private static String banner(ForkedJvm jvm) throws Exception {
    List<String> lines = linesBeside(all(RACED), dialAll(jvm, Scenario.REFUSED_FIRST));
    assertEquals(1, lines.size(), lines::toString);
    return lines.get(0);
  }

  private static void assertHas(String part, String banner) {
    assertTrue(banner.contains(part), banner);
  }

  private static void assumePatches() {
    assumeTrue(jarHasPatches, "no patches for this JDK");
  }

  @Test
  @Tag("every-jdk")
  void byteBuddyIsLoadedWhereItWeavesAndNowhereElse() throws Exception {
    try (Stream<String> loaded = Files.lines(shared.path().resolve("log"))) {
      boolean weaves = loaded.anyMatch(line -> line.startsWith("io.heagent.agent.bytebuddy."));
      assertHas(weaves ? AT_START : AHEAD, ofJar);
    }
  }

  /** The JVM shares no classes then: the JDK is known by its bytes. */
  @Test
  @Tag("every-jdk")
  void withoutClassDataSharing() throws Exception {
    assumePatches();
    assertHas(AHEAD, banner(lab.agent("log=info").flags("-Xshare:off")));
  }

  /** One byte of the file, at its beginning and in two patches; PatchTest damages every byte. */
  @ParameterizedTest
  @Tag("one-jdk")
  @ValueSource(ints = {0, 200, 6000})
  @Tag("every-jdk-nightly")
  void patchesThatWereTamperedWith(int place) throws Exception {
    assumePatches();
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path jar = directory.path().resolve(JAR);
      copy(jar, place);
      assertQuiet(all(RACED), dialAll(lab.plain().agent(jar, ""), Scenario.REFUSED_FIRST));
    }
  }

  @Test
  @Tag("every-jdk")
  void jarWithoutPatches() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path jar = Files.copy(shared.path().resolve(JAR), directory.path().resolve(JAR));
      assertHas(AT_START, banner(lab.plain().agent(jar, "log=info")));
    }
  }

  /** The jar with one byte of each file of patches changed, or without those files. */
  private static void copy(Path copy, int place) throws Exception {
    copy(
        copy,
        (name, bytes) -> {
          if (place < 0) {
            return null;
          }
          bytes[place] ^= 4;
          return bytes;
        });
  }

  /**
   * The jar with other files of patches: what is made of a file's name and bytes; null for none.
   */
  private static void copy(Path copy, BiFunction<String, byte[], byte[]> change) throws Exception {
    try (JarFile whole = new JarFile(AgentLab.JAR.toFile());
        JarOutputStream out =
            new JarOutputStream(Files.newOutputStream(copy), whole.getManifest())) {
      out.setLevel(Deflater.BEST_SPEED);
      for (JarEntry entry : whole.stream().toList()) {
        boolean patches = entry.getName().endsWith(".patches");
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
          continue;
        }
        byte[] bytes = whole.getInputStream(entry).readAllBytes();
        if (patches) {
          bytes = change.apply(entry.getName(), bytes);
        }
        if (bytes == null) {
          continue;
        }
        out.putNextEntry(new JarEntry(entry.getName()));
        out.write(bytes);
      }
    }
  }

  /** A runtime image that jlink has made. */
  @Test
  void linkedImage() throws Exception {
    link("");
  }

  /** Its classes have other bytes. */
  @Test
  @Tag("one-jdk")
  void strippedImage() throws Exception {
    link("--strip-debug");
  }

  private static void link(String option) throws Exception {
    assumePatches();
    Jdk jdk = JdkHomes.current();
    assumeTrue(Files.isDirectory(jdk.home().resolve("jmods")), "this JDK has no jmods");
    try (TempDirectory directory = TempDirectory.create("image")) {
      Path image = directory.path().resolve("image");
      String[] arguments = {
        "-J" + Compilers.WITHOUT_C2,
        "--add-modules",
        "java.base,java.instrument",
        "--output",
        image.toString(),
        option
      };
      int last = option.isEmpty() ? arguments.length - 1 : arguments.length;
      ForkedJvm.Outcome linked =
          Command.run("", "jlink", List.of(arguments).subList(0, last).toArray(new String[0]));
      assertEquals(0, linked.exitCode(), linked::stderr);
      // Those of scripts/jdks bring along a C library that a copy of them does not find.
      Process runs =
          new ProcessBuilder(image.resolve("bin/java").toString(), "-version")
              .redirectErrorStream(true)
              .redirectOutput(directory.path().resolve("version").toFile())
              .start();
      assumeTrue(runs.waitFor() == 0, "a copy of this JDK does not run");
      String banner =
          banner(
              ForkedJvm.on(new Jdk(image, jdk.feature(), jdk.version()))
                  .flags(lab.hosts().flag())
                  .agent(AgentLab.JAR, "log=info"));
      assertHas(option.isEmpty() ? AHEAD : AT_START, banner);
      if (!option.isEmpty()) {
        prepareImage(directory.path(), image, jdk);
      }
    }
  }

  /** As the build of a container's image does: by the JVM that is in it. */
  private static void prepareImage(Path directory, Path image, Jdk jdk) throws Exception {
    Path jar = Files.copy(AgentLab.JAR, directory.resolve(JAR));
    ForkedJvm ofImage = ForkedJvm.on(new Jdk(image, jdk.feature(), jdk.version()));
    ForkedJvm.Outcome outcome =
        ofImage.classPath(jar.toString()).run("io.heagent.agent.HeAgent", "prepare");
    assertEquals(0, outcome.exitCode(), outcome::stderr);
    assertHas(
        AHEAD,
        banner(
            ForkedJvm.on(new Jdk(image, jdk.feature(), jdk.version()))
                .flags(lab.hosts().flag())
                .agent(jar, "log=info")));
  }

  private static ForkedJvm.Outcome prepare(Path jar, String... more) throws Exception {
    String[] arguments =
        Stream.concat(Stream.of("-jar", jar.toString(), "prepare"), Stream.of(more))
            .toArray(String[]::new);
    return Command.run("", "java", arguments);
  }

  @Test
  @Tag("every-jdk")
  void preparedJdk() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path jar = preparedIn(directory.path());
      assertTrue(preparation.stdout().startsWith("prepared "), preparation.stdout());
      assertEquals(
          "rw-r--r--",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(shared.path().resolve(PATCHES))));
      assertHas(AHEAD, banner(lab.plain().agent(jar, "log=info")));
      assertHas(AHEAD, banner(lab.plain().agent(jar, "log=info").flags("-Xshare:off")));
    }
  }

  /** Builds are known by their names, so no class file of the JDK is read to be compared. */
  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void preparedJdkOfWhichTheJarKnowsOtherBuildsOnly() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path jar = directory.path().resolve(JAR);
      String ofThis = "/" + JdkHomes.current().feature() + ".patches";
      List<byte[]> others = new ArrayList<>();
      copy(
          jar,
          (name, bytes) -> {
            if (!name.endsWith(ofThis)) {
              others.add(bytes);
            }
            return null;
          });
      copy(jar, (name, bytes) -> others.get(0));
      assertEquals(0, prepare(jar).exitCode());
      Path log = directory.path().resolve("log");
      assertHas(AHEAD, banner(lab.plain().agent(jar, "log=info").flags(loadsInto(log))));
      String loaded = Files.readString(log);
      assertFalse(loaded.contains("io.heagent.agent.jdk.weaving.JdkClassFiles"));
    }
  }

  /**
   * Somebody else's file, though nobody but its owner can write it. Only root can give one away.
   */
  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void patchesOfAnotherOwner() throws Exception {
    assumePatches();
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path jar = preparedIn(directory.path());
      Path patches = directory.path().resolve(PATCHES);
      try {
        Files.setAttribute(patches, "unix:uid", 65534);
      } catch (IOException mayNot) {
        assumeTrue(false, "files cannot be given away here: " + mayNot);
      }
      assertHas(AT_START, banner(lab.plain().agent(jar, "log=info")));
    }
  }

  /**
   * A file that others can write, one of another jar, one that is incomplete, and a link, which may
   * be somebody else's where everybody may make files. A directory that everybody can write, and a
   * link to it, lead to the jar as well.
   */
  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void patchesThatSomebodyElseMayHavePutThere() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path folder = Files.createDirectory(directory.path().resolve("folder"));
      preparedIn(folder);
      permit(folder, "rwxrwxrwx");
      Path link = Files.createSymbolicLink(directory.path().resolve("link"), folder);
      Path jar = link.resolve(JAR);
      assertHas(AHEAD, banner(lab.plain().agent(jar, "log=info")));

      Path patches = folder.resolve(PATCHES);
      for (String writable : List.of("rw-rw-r--", "rw-r--rw-")) {
        permit(patches, writable);
        assertHas(AT_START, banner(lab.plain().agent(jar, "log=info")));
      }
      permit(patches, "rw-r--r--");
      byte[] whole = Files.readAllBytes(patches);
      byte[] other = whole.clone();
      other[7]++;
      for (byte[] wrong : List.of(other, Arrays.copyOf(whole, whole.length / 2))) {
        Files.write(patches, wrong);
        assertHas(AT_START, banner(lab.plain().agent(jar, "log=info")));
      }
      Files.write(patches, whole);
      Path elsewhere = Files.move(patches, directory.path().resolve(PATCHES));
      Files.createSymbolicLink(patches, elsewhere);
      assertHas(AT_START, banner(lab.plain().agent(jar, "log=info")));
    }
  }

  private static void permit(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /**
   * Somebody else's directory, in which a link may stand in the place of each file by the time that
   * it is written.
   */
  @Test
  void prepareFollowsNoLink() throws Exception {
    assumeTrue(Strace.canTrace(), "strace is missing, or may not trace here");
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path trace = directory.path().resolve("trace");
      ForkedJvm.Outcome outcome =
          ForkedJvm.onThisJdk()
              .classPath(AgentLab.JAR.toString())
              .under(Strace.command(trace, "?open,openat,?chmod,fchmodat"))
              .run("io.heagent.agent.HeAgent", "prepare", directory.path().toString());
      assertEquals(0, outcome.exitCode(), outcome::stderr);
      List<String> calls =
          Files.readAllLines(trace).stream().filter(line -> line.contains(".part\"")).toList();
      assertTrue(calls.size() >= 2, calls::toString);
      for (String call : calls) {
        assertTrue(call.contains("O_EXCL") || call.contains("O_NOFOLLOW"), calls::toString);
      }
    }
  }

  /** Two builds of images at once, and a directory that is not there. */
  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void preparedTwiceAtOnceAndInVain() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path target = Files.createDirectory(directory.path().resolve("patches"));
      ProcessBuilder builder =
          new ProcessBuilder(
                  JdkHomes.current().java().toString(),
                  "-jar",
                  AgentLab.JAR.toString(),
                  "prepare",
                  target.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.path().resolve("said").toFile());
      Process one = builder.start();
      try {
        assertEquals(0, prepare(AgentLab.JAR, target.toString()).exitCode());
        assertEquals(0, one.waitFor());
      } finally {
        one.destroyForcibly();
      }
      try (Stream<Path> files = Files.list(target)) {
        assertEquals(List.of(target.resolve(PATCHES)), files.toList());
      }
      ForkedJvm.Outcome vain = prepare(AgentLab.JAR, directory.path().resolve("no").toString());
      assertEquals(1, vain.exitCode());
      assertTrue(vain.stderr().startsWith("[he-agent] cannot prepare this JDK: "), vain.stderr());
      assertEquals(1, vain.stderr().lines().count());
      assertFalse(Files.exists(directory.path().resolve("no")));
    }
  }
}
