package io.heagent.agent.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.jdk.entrance.Entrance;
import io.heagent.agent.jdk.entrance.EntranceWeaver;
import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.Weaver;
import io.heagent.agent.patch.ClassKey;
import io.heagent.agent.patch.Patch;
import io.heagent.agent.patch.PatchFile;
import io.heagent.agent.patch.PatchMaker;
import io.heagent.agent.patch.PatchSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * The patches in the jar are what Byte Buddy makes of the JDK's classes today. Whoever changes a
 * hook, an advice or Byte Buddy's version runs {@code scripts/corpus}.
 */
class CorpusTest {

  /**
   * The builds that the JDKs of the continuous integration have had. A machine that has one of them
   * fails without its patches. A machine that Debian has given a newer build is told so, and does
   * not fail: a connect is raced there all the same.
   */
  private static final Set<String> OF_CI =
      Set.of(
          "17.0.15+6-Debian-1deb12u1",
          "17.0.19+10-1-deb12u2-Debian",
          "17.0.21.0.3+1-1-Debian",
          "17.0.21.1+2-1-deb12u1-Debian",
          "21.0.13.0.3+1-1-Debian",
          "25.0.3+9-LTS",
          "25.0.5.0.3+1-1-Debian",
          "26.0.2.1+1-1-Debian",
          "27.0.1.0.3+1-1-Debian");

  /** The feature versions that the jar has patches for. */
  private static final Set<Integer> FEATURES = Set.of(17, 21, 25, 26, 27);

  private static final String AGAIN = "made of other hooks: run scripts/corpus";

  @Test
  void everyFileIsOfTodaysHooks() throws IOException {
    Set<Path> expected = new TreeSet<>();
    FEATURES.forEach(feature -> expected.add(Corpus.file(feature)));
    try (Stream<Path> files = Files.list(Corpus.FOLDER)) {
      assertEquals(expected, files.collect(Collectors.toCollection(TreeSet::new)));
    }
    for (Path path : expected) {
      PatchFile file = PatchFile.read(Files.readAllBytes(path));
      assertNotNull(file, path::toString);
      assertEquals(Corpus.weaving(), file.weaving(), path + " is " + AGAIN);
      for (PatchSet set : file.sets()) {
        assertTrue(OF_CI.contains(version(set.build())), "add it to OF_CI: " + set.build());
      }
    }
  }

  /** The version in the name of a build. Two builds with one version have files of two lengths. */
  private static String version(String build) {
    return build.substring(0, build.lastIndexOf('/'));
  }

  /** The patches for the JDK at a home; none where the corpus does not have its build. */
  private static List<PatchSet> sets(JdkImage jdk) throws IOException {
    Path path = Corpus.file(jdk.feature());
    PatchFile file = Files.exists(path) ? PatchFile.read(Files.readAllBytes(path)) : null;
    String build = jdk.build();
    return file == null
        ? List.of()
        : Stream.of(file.sets()).filter(set -> set.build().equals(build)).toList();
  }

  /** Without its patches everything would pass on a JDK, and each start on it take longer. */
  @TestFactory
  List<DynamicTest> everyJdkOfTheContinuousIntegrationHasPatches() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path home : Corpus.homes()) {
      try (JdkImage jdk = new JdkImage(home)) {
        if (FEATURES.contains(jdk.feature())) {
          String build = jdk.build();
          boolean has = !sets(jdk).isEmpty();
          tests.add(DynamicTest.dynamicTest(build, () -> judge(build, has)));
        }
      }
    }
    assertFalse(tests.isEmpty(), "no JDK was found, not even the running one");
    return tests;
  }

  /** One line, whether it fails the run or is only printed at its end. */
  private static void judge(String build, boolean hasPatches) {
    if (!hasPatches) {
      String line = "JDK " + build + " has no patches in the jar: run scripts/corpus";
      assertFalse(OF_CI.contains(version(build)), line);
      Assumptions.abort(line);
    }
  }

  @Test
  void aBuildThatCiHadFailsWithoutPatchesAndANewerOneIsTold() {
    AssertionError red =
        assertThrows(AssertionError.class, () -> judge("25.0.3+9-LTS/145959730", false));
    assertTrue(red.getMessage().contains("run scripts/corpus"), red::getMessage);
    TestAbortedException told =
        assertThrows(TestAbortedException.class, () -> judge("25.0.9+7-Debian/1", false));
    assertTrue(told.getMessage().contains("run scripts/corpus"), told::getMessage);
    judge("25.0.3+9-LTS/145959730", true);
  }

  @Test
  void homesAreLookedForWhereTheScriptsHaveThem(@TempDir Path machine) throws IOException {
    Path running = home(machine.resolve("running"));
    Path given = home(machine.resolve("given"));
    Path system = home(machine.resolve("system/jdk-17"));
    Path fetched = home(machine.resolve("own/jdk-21"));
    Path build = home(machine.resolve("own/builds/21-1/usr/lib/jvm/java-21"));
    Path cached = home(machine.resolve("cache/he-agent/jdks/jdk-26"));
    Path usual = home(machine.resolve("user/.cache/he-agent/jdks/jdk-27"));
    Files.createDirectories(machine.resolve("system/no-jdk"));
    Map<String, String> environment = new HashMap<>();
    environment.put("HEAGENT_JDKS", given + ":" + machine.resolve("gone"));
    assertEquals(List.of(running, given, system, usual), homes(machine, environment));
    environment.put("XDG_CACHE_HOME", machine.resolve("cache").toString());
    assertEquals(List.of(running, given, system, cached), homes(machine, environment));
    environment.put("HEAGENT_JDKS_DIR", machine.resolve("own").toString());
    assertEquals(List.of(running, given, system, fetched, build), homes(machine, environment));
  }

  private static List<Path> homes(Path machine, Map<String, String> environment)
      throws IOException {
    return Corpus.homes(
        machine.resolve("running"),
        machine.resolve("system"),
        machine.resolve("user"),
        environment);
  }

  private static Path home(Path home) throws IOException {
    Files.createDirectories(home.resolve("lib"));
    Files.createFile(home.resolve("lib/modules"));
    Files.createFile(home.resolve("lib/jrt-fs.jar"));
    Files.createFile(home.resolve("release"));
    return home.toRealPath();
  }

  /** A thread of an earlier agent may load it then. Its hooks would link to a class not there. */
  @Test
  void beforeTheBridgeIsDefinedNothingButTheEntranceIsWoven() {
    byte[] original = {1, 2, 3};
    byte[] woven = {1, 2, 4};
    Patch hooked = PatchMaker.make("sun/nio/ch/Net", original, woven);
    Patch entrance = PatchMaker.make(Entrance.NEIGHBOUR, original, woven);
    Patch[] patches = {hooked, entrance};
    PatchedClasses classes =
        new PatchedClasses(new PatchSet("a build", false, new int[0], patches, new ClassKey[0]));
    assertNull(classes.transform(null, "sun/nio/ch/Net", null, null, original));
    assertFalse(classes.isPatched("sun.nio.ch.Net"));
    assertNull(classes.handed("sun.nio.ch.Net"));
    assertArrayEquals(woven, classes.transform(null, Entrance.NEIGHBOUR, null, null, original));
  }

  /**
   * Of each JDK of this machine that the corpus has; {@link
   * #everyJdkOfTheContinuousIntegrationHasPatches} says which it is to have.
   */
  @TestFactory
  List<DynamicTest> everyPatchGivesWhatIsWoven() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path home : Corpus.homes()) {
      try (JdkImage jdk = new JdkImage(home)) {
        for (PatchSet set : sets(jdk)) {
          String name = set.build() + (set.fastResolve() ? " resolve=fast" : "");
          tests.add(DynamicTest.dynamicTest(name, () -> hold(set, home)));
        }
      }
    }
    return tests;
  }

  private static void hold(PatchSet set, Path home) throws IOException {
    try (JdkImage jdk = new JdkImage(home)) {
      JdkClassFiles files = new JdkClassFiles(jdk);
      Set<HookGroup> groups = EnumSet.allOf(HookGroup.class);
      if (!set.fastResolve()) {
        groups.remove(HookGroup.RESOLVE);
      }
      Map<String, List<Hook>> hooks = Hook.byOwner(files, groups);
      List<String> patched = new ArrayList<>();
      assertEquals(Entrance.NEIGHBOUR, set.patches()[0].original().name(), "no entrance: " + AGAIN);
      Weaver weaver = new Weaver(files);
      for (Patch patch : set.patches()) {
        String name = patch.original().name().replace('/', '.');
        byte[] woven;
        if (patch.original().name().equals(Entrance.NEIGHBOUR)) {
          woven = EntranceWeaver.woven(files.bytes(name));
        } else {
          patched.add(name);
          woven = weaver.weave(name, hooks.get(name));
        }
        assertArrayEquals(woven, patch.apply(files.bytes(name)), name + " is " + AGAIN);
      }
      assertEquals(List.copyOf(hooks.keySet()), patched, AGAIN);
    }
  }
}
