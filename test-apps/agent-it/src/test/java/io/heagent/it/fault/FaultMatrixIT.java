package io.heagent.it.fault;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.channel.ChannelLab;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.netty.NettyJars;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.net.HostsFile;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of the agent's that can throw is made to throw, in every kind of connect that comes by
 * it: each transition of a race is complete or undone. Prints the matrix.
 *
 * <p>{@code -Dheagent.nightly=true} fills every cell. A part of that is {@code
 * -Dheagent.fault.kinds=NETTY} (a regular expression for the columns) with {@code
 * -Dheagent.fault.netty=netty42} (the Netty in that column; at night {@code netty41} otherwise).
 */
@Tag("jvm")
@Tag("soak")
@Tag("one-jdk")
class FaultMatrixIT {
  private static final boolean NIGHTLY = Boolean.getBoolean("heagent.nightly");

  /** What concerns history only; a name's history is that of its other connects too. */
  private static final String HISTORY =
      "(EndpointHistory|HistoryRegistry|NetworkChangeMonitor|DialPlanner)\\b.*";

  /** The Netty with native code, as the build has copied it: at night the other one. */
  private static final String NETTY =
      Path.of("target", System.getProperty("heagent.fault.netty", NIGHTLY ? "netty41" : "netty42"))
              .toAbsolutePath()
          + File.separator
          + "*";

  /** The columns to fill. */
  private static final String EVERY_KIND = ".*";

  private static final String KINDS = System.getProperty("heagent.fault.kinds", EVERY_KIND);

  private static ChannelLab lab;
  private static TempDirectory directory;
  private static Path jar;
  private static FaultyJar faulty;

  @BeforeAll
  static void open() throws Exception {
    lab = new ChannelLab();
    directory = TempDirectory.create("faulty");
    jar = directory.path().resolve("he-agent.jar");
    faulty = new FaultyJar(AgentLab.JAR, jar);
    faulty.write(directory.path().resolve("points"));
  }

  @AfterAll
  static void close() throws Exception {
    lab.close();
    directory.close();
  }

  /** So that no step is renamed away from under the test. */
  @Test
  void everyStepIsThere() {
    assertEquals(Set.of(), faulty.missing());
    assertTrue(faulty.points().lines().count() > 150, faulty::points);
  }

  @Test
  void completeOrUndone() throws Exception {
    check("history=off,delay=10ms", "(?!" + HISTORY + ").*", 24);
  }

  @Test
  void completeOrUndoneWithHistory() throws Exception {
    check("delay=10ms", HISTORY, NIGHTLY ? 1_500 : 300);
  }

  /** The program's own stderr, at log=debug: neither a lock nor an outcome depends on it. */
  @Test
  void aStreamOfTheProgramsThatThrows() throws Exception {
    check("log=debug,history=off,delay=10ms", "none", 24, "stderr");
  }

  /**
   * What a JVM's first race makes for all of them, and lacks the memory for, the next one makes.
   */
  @ParameterizedTest
  @EnumSource(names = "NETTY", mode = EnumSource.Mode.EXCLUDE)
  void nextRaceMakesWhatTheFirstCouldNot(FaultKind kind) throws Exception {
    assumeTrue(kind.isPossible(), "this JDK has no such connects");
    int names = 3;
    try (HostsFile hosts = HostsFile.of(FaultMatrixProbe.hosts(names))) {
      ForkedJvm jvm =
          ForkedJvm.onThisJdk().flags(hosts.flag()).agent(jar, "history=off,delay=10ms");
      ForkedJvm.Outcome outcome =
          run(jvm, names, "ConnectHook\\.onClassFile", "first", kind.name());
      Facts seen = Facts.parse(outcome.stdout()).get("first race");
      assertTrue(seen != null, () -> outcome.stdout() + outcome.stderr());
      assertAll(
          () -> assertEquals("true", seen.get("hit"), seen::toString),
          () -> assertEquals("connected", seen.get("next"), seen::toString),
          () -> assertEquals("connected", seen.get("bound"), seen::toString));
    }
  }

  private static ForkedJvm.Outcome run(
      ForkedJvm jvm, int names, String points, String what, String kinds) throws Exception {
    return jvm.run(
        FaultMatrixProbe.class,
        Integer.toString(lab.port()),
        directory.path().resolve("points").toString(),
        Integer.toString(names),
        points,
        what,
        kinds);
  }

  private static void check(String arguments, String points, int names) throws Exception {
    check(arguments, points, names, NIGHTLY ? "all" : "some");
  }

  private static void check(String arguments, String points, int names, String what)
      throws Exception {
    try (HostsFile hosts = HostsFile.of(FaultMatrixProbe.hosts(names))) {
      ForkedJvm jvm =
          ForkedJvm.onThisJdk()
              .classPath(NETTY + File.pathSeparator + System.getProperty("java.class.path"))
              .flags(NettyJars.quiet())
              .flags(hosts.flag())
              .agent(jar, arguments)
              .limit(Duration.ofMinutes(NIGHTLY ? 60 : 4));
      ForkedJvm.Outcome outcome = run(jvm, names, points, what, KINDS);
      Map<String, Facts> seen = Facts.parse(outcome.stdout());
      print(arguments, seen, outcome);
      assertTrue(seen.containsKey("end"), () -> outcome.stdout() + outcome.stderr());
      assertEquals("0", seen.get("end").get("wrong"), () -> wrong(seen));
      // That anything was hit at all: an agent that had not started would race nothing.
      int cells = Integer.parseInt(seen.get("end").get("cells"));
      assertTrue(cells >= (KINDS.equals(EVERY_KIND) ? 20 : 1), outcome::stderr);
    }
  }

  private static void print(String arguments, Map<String, Facts> seen, ForkedJvm.Outcome outcome) {
    System.out.printf("%s: %.1f s, %s%n", arguments, outcome.seconds(), seen.get("end"));
    System.out.println(outcome.stderr());
    System.out.printf(
        "%-64s %-12s %-12s %-12s %-12s %-12s %-12s%n",
        "fault point", "SOCKET", "CHANNEL", "SELECTOR", "ASYNC", "VIRTUAL", "NETTY");
    new TreeMap<>(seen)
        .forEach(
            (point, facts) -> {
              if (!point.startsWith("wrong ") && !point.equals("end")) {
                System.out.printf(
                    "%-64s %-12s %-12s %-12s %-12s %-12s %-12s%n",
                    point,
                    facts.get("SOCKET"),
                    facts.get("CHANNEL"),
                    facts.get("SELECTOR"),
                    facts.get("ASYNC"),
                    facts.get("VIRTUAL"),
                    facts.get("NETTY"));
              }
            });
  }

  private static String wrong(Map<String, Facts> seen) {
    StringBuilder text = new StringBuilder();
    seen.forEach(
        (name, facts) -> {
          if (name.startsWith("wrong ")) {
            text.append('\n').append(facts.get("what"));
          }
        });
    return text.toString();
  }
}
