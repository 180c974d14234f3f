package io.heagent.it.startup.entrance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.agents.AddingAgent;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.startup.AgentJar;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On a JDK that the jar has patches for, a start opens no package of the JDK; the bridge is
 * exported when a connect needs it. Where another agent is in the way, the start opens the package,
 * and every connect is raced all the same.
 */
@Tag("jvm")
class EntranceIT extends StartCase {
  /** The lambdas of {@code redefineModule}, as the JVM logs them. */
  private static final String OPENING = "sun.instrument.InstrumentationImpl$$Lambda";

  private static final String WEAVING = "io.heagent.agent.bytebuddy.";

  /** What the JVM says it has loaded. */
  private static String loaded(ForkedJvm jvm, String expected, String... arguments)
      throws Exception {
    try (TempDirectory directory = TempDirectory.create("log")) {
      Path log = directory.path().resolve("log");
      assertQuiet(
          expected,
          jvm.flags("-Xlog:class+load:file=" + log + ":none").run(EntranceProbe.class, arguments));
      return Files.readString(log);
    }
  }

  /** Whether a package was opened. JDK 21 makes one such lambda to start any agent. */
  private static boolean isOpened(String loaded) {
    return loaded.indexOf(OPENING) != loaded.lastIndexOf(OPENING);
  }

  private static boolean isAhead(String loaded) {
    return !loaded.contains(WEAVING);
  }

  @Test
  @Tag("every-jdk")
  void nothingIsOpenedForAProgramThatNeverConnects() throws Exception {
    String loaded = loaded(lab.agent(""), EntranceProbe.NO_HANDLER);
    assertTrue(loaded.contains("sun.nio.ch.HeHook"));
    assertEquals(!isAhead(loaded), isOpened(loaded));
  }

  /** The HttpClient's module has a hook woven in, which calls the bridge. */
  @Test
  @Tag("every-jdk")
  void bridgeIsExportedToTheHttpClient() throws Exception {
    String loaded = loaded(lab.agent(""), EntranceProbe.ANSWERED, "http");
    assertEquals(!isAhead(loaded), isOpened(loaded));
  }

  /**
   * Byte Buddy weaves classes that another agent has changed, the HttpClient's together with them.
   */
  @ParameterizedTest
  @Tag("every-jdk-nightly")
  @ValueSource(strings = {"", "early"})
  void bridgeIsExportedToTheHttpClientBesideAnAgentThatChangesClasses(String when)
      throws Exception {
    try (AgentJar adding = AgentJar.of(AddingAgent.class)) {
      String loaded =
          loaded(
              plain().agent(adding.path(), when).agent(AgentLab.JAR, ""),
              EntranceProbe.ANSWERED,
              "http");
      assertFalse(isAhead(loaded));
    }
  }

  /** The class that lets the agent in is not as the JDK has it, or is loaded before. */
  @ParameterizedTest
  @Tag("every-jdk")
  @ValueSource(strings = {"load", "change"})
  void packageIsOpenedWhereThereIsNoEntrance(String how) throws Exception {
    try (AgentJar neighbour = AgentJar.of(NeighbourAgent.class)) {
      String loaded =
          loaded(
              plain().agent(neighbour.path(), how).agent(AgentLab.JAR, ""),
              EntranceProbe.ANSWERED,
              "http");
      assertTrue(isOpened(loaded));
      assertQuiet(
          all(RACED),
          dialAll(
              plain().agent(neighbour.path(), how).agent(AgentLab.JAR, ""),
              Scenario.REFUSED_FIRST));
    }
  }

  @Test
  @Tag("every-jdk")
  void anotherAgentMayChangeTheClassThatLetsTheAgentIn() throws Exception {
    try (AgentJar neighbour = AgentJar.of(NeighbourAgent.class)) {
      assertQuiet(
          all(RACED),
          dialAll(
              plain().agent(AgentLab.JAR, "").agent(neighbour.path(), "again"),
              Scenario.REFUSED_FIRST));
    }
  }

  /** These agents use Byte Buddy. */
  private static ForkedJvm plain() {
    return lab.plain().withLibraries();
  }
}
