package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.Settings;
import io.heagent.agent.config.SettingsReader;
import io.heagent.agent.config.file.SettingsFile;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.agent.connect.socket.OptionsInUse;
import io.heagent.agent.log.Log;
import io.heagent.agent.log.Stderr;
import io.heagent.agent.observe.Controls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentRuntimeTest {

  @BeforeAll
  static void defineBridge() {
    BridgeClasses.define();
  }

  private static AgentRuntime runtime(String arguments) {
    SettingsReader reader = new SettingsReader(new Properties(), Map.of());
    return new AgentRuntime(reader.layers(arguments), false, true, true, new OptionsInUse(), null);
  }

  private static CandidateServices services(AgentRuntime runtime) {
    return runtime.channels().races().candidates();
  }

  @Test
  void whatIsSharedIsMadeOnce() {
    AgentRuntime runtime = runtime("nat64=off");
    assertSame(runtime.bindings(), runtime.bindings());
    assertSame(runtime.targets(), runtime.targets());
    assertNull(runtime.stepsIfMade(), "nothing that may be raced has been seen");
    assertNull(runtime.historiesIfMade());
    assertSame(runtime.steps(), runtime.steps());

    assertNotNull(runtime.historiesIfMade());
    assertSame(runtime.steps(), runtime.stepsIfMade());
    assertSame(runtime.channels(), runtime.channels());
    assertSame(services(runtime), services(runtime));
    assertSame(runtime.names(), services(runtime).lookups());
    assertNull(services(runtime).nat64());
    assertNotNull(services(runtime("")).nat64());
  }

  /** What the program's operator has now is better than a log that goes nowhere. */
  @Test
  void aLogFileThatCannotBeOpenedChangesNothing(@TempDir Path directory) throws IOException {
    Path good = directory.resolve("good.log");
    Steering steering = runtime("log=info,log-file=" + good).steering();
    try {
      Log.setLevel(Log.Level.INFO);
      Log.setFile(good.toString());
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> set(steering, "delay=400ms", "log-file=/dev/null/he-agent.log"));
      String line = refused.getMessage();
      assertTrue(line.startsWith("log-file=/dev/null/he-agent.log cannot be written ("), line);
      assertFalse(line.contains("stderr"), line);
      assertEquals(good.toString(), steering.layers().settings().logFile());
      assertEquals(Settings.defaults().global(), steering.layers().settings().global());
      Log.info("still here");
      assertTrue(Files.readString(good).endsWith(" [he-agent] still here\n"));
      // A file that has failed since does not stand in the way of another change.
      set(runtime("log-file=/dev/null/he-agent.log").steering(), "delay=400ms");
    } finally {
      Log.setFile("");
      Log.setLevel(Log.Level.WARN);
    }
  }

  /** By JMX as by a command. */
  @Test
  void whatIsUnwiseIsSaidOnce() {
    Controls jmx = runtime("").oversight();
    assertEquals(
        List.of("delay=20ms is below the 100ms that RFC 8305 recommends as the least; it applies"),
        jmx.set(List.of("delay=20ms")));
    assertEquals(List.of(), jmx.set(List.of("order=rfc6724")));
  }

  @Test
  void whoeverLeavesChangesNothing() {
    AgentRuntime runtime = runtime("delay=300ms");
    assertTrue(runtime.steering().leave());
    List<String> items = List.of("delay=400ms");
    String line =
        assertThrows(IllegalStateException.class, () -> runtime.oversight().set(items))
            .getMessage();
    assertEquals("the agent is leaving; nothing has changed", line);
    assertEquals(300_000_000L, runtime.settings().get().global().delayNanos());
  }

  /** A file that says less than it seems to is no news of a change that holds. */
  @Test
  void aChangedFileIsSaidToHoldWhereItHolds() {
    Steering steering = runtime("log=info").steering();
    try (Stderr stderr = new Stderr()) {
      set(steering, "delay=400ms", "host=a.test");
      steering.fileChanged(
          new SettingsFile(
              "he.conf",
              List.of("delay=50ms", "history=off", "host=b.test", "delay=20ms", "host=c.test"),
              null));
      steering.fileChanged(new SettingsFile("he.conf", List.of("max-in-flight=2"), null));
      set(steering, "host=*");
      steering.fileChanged(new SettingsFile("he.conf", List.of("host=c.test"), null));
      assertEquals(
          List.of(
              "[he-agent] config=he.conf has changed; it holds for connects from now on,"
                  + " but not its delay (set), host (set)",
              "[he-agent] config=he.conf has changed; it holds for connects from now on",
              "[he-agent] config=he.conf has changed; it holds for connects from now on,"
                  + " but not its host (set)"),
          stderr.lines());
    }
    Steering other = runtime("log=info").steering();
    try (Stderr stderr = new Stderr()) {
      Log.setLevel(Log.Level.INFO);
      SettingsFile unwise = new SettingsFile("he.conf", List.of("delay=50ms"), null);
      other.fileChanged(unwise);
      other.fileChanged(unwise);
      assertEquals(
          List.of(
              "[he-agent] delay=50ms is below the 100ms that RFC 8305 recommends as the least;"
                  + " it applies",
              "[he-agent] config=he.conf has changed; it holds for connects from now on",
              "[he-agent] config=he.conf has changed; it holds for connects from now on"),
          stderr.lines());
    }
  }

  private static void set(Steering steering, String... items) {
    steering.change(layers -> layers.with(List.of(items)));
  }

  @Test
  void channelsAreNotRacedAnyMoreOnceAClassCannotBeWoven() {
    AgentRuntime runtime = runtime("");
    assertTrue(runtime.getAsBoolean());
    runtime.leaveSelectors();
    assertFalse(runtime.getAsBoolean());
  }
}
