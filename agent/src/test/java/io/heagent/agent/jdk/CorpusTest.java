package io.heagent.agent.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The patches in the jar are what Byte Buddy makes of the JDK's classes today. Whoever changes a
 * hook, an advice or Byte Buddy's version runs {@code scripts/corpus}.
 */
class CorpusTest {

  private static final String AGAIN = "made of other hooks: run scripts/corpus";

  @Test
  void everyFileIsOfTodaysHooks() throws IOException {
    Set<String> versions = new TreeSet<>();
    try (Stream<Path> files = Files.list(Corpus.FOLDER)) {
      for (Path path : files.toList()) {
        PatchFile file = PatchFile.read(Files.readAllBytes(path));
        assertNotNull(file, path::toString);
        assertEquals(Corpus.weaving(), file.weaving(), path + " is " + AGAIN);
        versions.add(path.getFileName().toString());
      }
    }
    assertTrue(
        versions.containsAll(
            Set.of("17.patches", "21.patches", "25.patches", "26.patches", "27.patches")),
        versions::toString);
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

  /** Of each JDK of this machine that the corpus has; it may well have none of them. */
  @TestFactory
  List<DynamicTest> everyPatchGivesWhatIsWoven() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path home : Corpus.homes()) {
      if (!JdkImage.isHome(home)) {
        continue;
      }
      try (JdkImage jdk = new JdkImage(home)) {
        Path file = Corpus.file(jdk.feature());
        PatchFile patches = Files.exists(file) ? PatchFile.read(Files.readAllBytes(file)) : null;
        for (PatchSet set : patches == null ? new PatchSet[0] : patches.sets()) {
          if (set.build().equals(jdk.build())) {
            String name = set.build() + (set.fastResolve() ? " resolve=fast" : "");
            tests.add(DynamicTest.dynamicTest(name, () -> hold(set, home)));
          }
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
