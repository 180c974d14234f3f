package io.heagent.it.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.channel.ChannelLab;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No look-up happens on a thread that calls a non-blocking or asynchronous connect. */
@Tag("jvm")
@Tag("beside-others")
class HangingLookupIT {
  private static final int THOUSAND = 1_000;

  private static ChannelLab lab;
  private static TempDirectory directory;

  @BeforeAll
  static void open() throws Exception {
    lab = new ChannelLab();
    directory = TempDirectory.create("pipes");
  }

  @AfterAll
  static void close() throws Exception {
    directory.close();
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> adoptionDup() throws Exception {
    return tests("dup");
  }

  /** Without history no connect passes a dead address over: each needs the others of its name. */
  @TestFactory
  @Tag("one-jdk")
  Stream<DynamicTest> adoptionRedial() throws Exception {
    return tests("redial,history=off");
  }

  /**
   * The loop does nothing for a look-up while it hangs. When it asked again and again, each time
   * with a stack trace, a thousand look-ups allocated 20 MB a second, and all other races were
   * late.
   */
  @Test
  void thousandNamesThatHangCostNothing() throws Exception {
    Path pipe = pipe("thousand");
    ForkedJvm jvm =
        ForkedJvm.onThisJdk()
            .limit(Duration.ofMinutes(2))
            .flags("-Djdk.net.hosts.file=" + pipe, "-Dsun.net.inetaddr.ttl=-1")
            .agent(AgentLab.JAR, "delay=100ms");
    Facts facts =
        Side.facts(jvm, HungNamesProbe.class, pipe, lab.lab().hosts().path(), lab.port(), THOUSAND)
            .get("hung");
    assertEquals("connected", facts.get("unrelated"));
    long allocated = Long.parseLong(facts.get("allocated"));
    assertTrue(allocated < 1_000_000, () -> allocated + " bytes");
  }

  private static Path pipe(String name) throws Exception {
    Path pipe = directory.path().resolve(name);
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
    assertEquals(true, mkfifo.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, mkfifo.exitValue());
    return pipe;
  }

  private static Stream<DynamicTest> tests(String adoption) throws Exception {
    Path pipe = pipe(adoption);
    ForkedJvm jvm =
        ForkedJvm.onThisJdk()
            .limit(Duration.ofMinutes(5))
            // No cache: the siblings of every name have to be looked up again.
            .flags("-Djdk.net.hosts.file=" + pipe)
            .flags("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0")
            .agent(AgentLab.JAR, "delay=100ms,adoption=" + adoption);
    return Side.facts(jvm, ChannelLookupProbe.class, pipe, lab.lab().hosts().path(), lab.port())
        .values()
        .stream()
        .map(facts -> dynamicTest(facts.name(), () -> assertEquals("ok", facts.get("result"))));
  }
}
