package io.heagent.it.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Where no file can be written, not even in a temporary directory: mounts of a mount namespace of
 * the JVM's own, which ends with it.
 */
@Tag("jvm")
@Tag("one-jdk")
class ReadOnlyIT extends StartCase {
  /** Makes every mount read-only that may be, and shows that the usual places are. */
  private static final String READ_ONLY =
      "mount --make-rprivate / &&"
          + " while read -r _ at _; do mount -o remount,bind,ro \"$at\" 2>/dev/null; done"
          + " </proc/mounts; ! touch \"$0\" /tmp/he-agent /var/tmp/he-agent 2>/dev/null"
          + " && exec \"$@\"";

  /** In what must not be writable: the jar's own directory. */
  private static final String BESIDE = AgentLab.JAR.resolveSibling("he-agent.touched").toString();

  private static final List<String> PREFIX =
      List.of("unshare", "-rm", "sh", "-c", READ_ONLY, BESIDE);

  @BeforeAll
  static void needsNamespace() throws Exception {
    List<String> command = new ArrayList<>(PREFIX);
    command.add("true");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start();
    assumeTrue(process.waitFor() == 0, "no read-only mounts can be made here");
  }

  private static ForkedJvm under(ForkedJvm jvm) {
    return jvm.under(PREFIX.toArray(new String[0]));
  }

  @Test
  void everyConnectIsRaced() throws Exception {
    assertQuiet(all(RACED), dialAll(under(lab.agent("")), Scenario.REFUSED_FIRST));
  }

  /** A JDK that has no patches: Byte Buddy weaves, and writes no file either. */
  @Test
  void everyConnectIsRacedWhereByteBuddyWeaves() throws Exception {
    try (PatchedJdk jdk = PatchedJdk.without("java.net.InetAddress", "getByName")) {
      List<String> lines =
          linesBeside(
              all(RACED),
              dialAll(under(lab.agent("log=info").flags(jdk.flag())), Scenario.REFUSED_FIRST));
      assertEquals(1, lines.size(), lines::toString);
      assertTrue(lines.get(0).contains(", woven at start, "), lines.get(0));
    }
  }

  @Test
  void prepareSaysThatItCannotWrite() throws Exception {
    ForkedJvm.Outcome outcome =
        under(ForkedJvm.onThisJdk())
            .classPath(AgentLab.JAR.toString())
            .run("io.heagent.agent.HeAgent", "prepare");
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertEquals("", outcome.stdout());
    assertEquals(1, outcome.stderr().lines().count(), outcome::stderr);
    assertTrue(
        outcome.stderr().startsWith("[he-agent] cannot prepare this JDK: "), outcome::stderr);
  }
}
