package io.heagent.it.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.DialAll;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the flight recorder is told, and that a JVM without one notices nothing. */
@Tag("jvm")
@Tag("beside-others")
class FlightRecorderIT extends StartCase {
  private static final String DEAD_FIRST = Scenario.DEAD_FIRST.host(Service.TALK);
  private static final String GOOD = Service.TALK.address();
  private static final long DELAY_MILLIS = 100;

  private record Recorded(List<RecordedEvent> events) {
    static Recorded of(Path file) throws IOException {
      return new Recorded(
          RecordingFile.readAllEvents(file).stream()
              .filter(event -> event.getEventType().getName().startsWith("heagent."))
              .toList());
    }

    List<RecordedEvent> named(String name) {
      return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
    }

    /** The attempts of a race, in their order. */
    List<RecordedEvent> attempts(RecordedEvent race) {
      List<RecordedEvent> attempts = new ArrayList<>();
      for (RecordedEvent attempt : named("heagent.Attempt")) {
        if (attempt.getLong("race") == race.getLong("race")) {
          attempts.add(attempt);
        }
      }
      attempts.sort(
          (one, other) -> Integer.compare(one.getInt("attempt"), other.getInt("attempt")));
      return attempts;
    }
  }

  private static String recording(Path file) {
    return "-XX:StartFlightRecording=filename=" + file;
  }

  /** The recorder itself says on stdout, or on stderr, that it has begun. */
  private static void assertSaid(String expected, ForkedJvm.Outcome outcome) {
    assertEquals(0, outcome.exitCode(), outcome::stderr);
    assertTrue(outcome.stdout().contains(expected), outcome::toString);
    assertFalse(outcome.stderr().contains("he-agent"), outcome::stderr);
  }

  @Test
  @Tag("every-jdk")
  void eachRaceIsRecordedWithItsAttempts() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jfr")) {
      Path file = directory.path().resolve("races.jfr");
      ForkedJvm jvm = lab.agent("history=off,delay=" + DELAY_MILLIS + "ms").flags(recording(file));
      assertSaid(all(RACED), dialAll(jvm, Scenario.DEAD_FIRST));
      Recorded recorded = Recorded.of(file);
      List<RecordedEvent> races = recorded.named("heagent.Race");
      assertEquals(DialAll.Way.values().length, races.size(), races::toString);
      Set<String> sockets = new TreeSet<>();
      for (RecordedEvent race : races) {
        sockets.add(race.getString("socket"));
        assertEquals(DEAD_FIRST, race.getString("host"));
        assertEquals(lab.port(), race.getInt("port"));
        assertEquals("won", race.getString("outcome"));
        assertEquals(GOOD, race.getString("winner"));
        assertEquals(2, race.getInt("attempts"));
        List<RecordedEvent> attempts = recorded.attempts(race);
        assertEquals(2, attempts.size(), attempts::toString);
        assertAttempt(attempts.get(0), race, AgentLab.DEAD.get(0), "lost");
        assertAttempt(attempts.get(1), race, GOOD, "won");
        long between =
            attempts.get(1).getStartTime().toEpochMilli()
                - attempts.get(0).getStartTime().toEpochMilli();
        assertTrue(between >= DELAY_MILLIS - 1, () -> between + " ms between the starts");
      }
      assertEquals(Set.of("adaptor", "async", "channel", "socket"), sockets);
    }
  }

  private static void assertAttempt(
      RecordedEvent attempt, RecordedEvent race, String address, String outcome) {
    assertEquals(address, attempt.getString("address"));
    assertEquals(outcome, attempt.getString("outcome"));
    assertEquals(DEAD_FIRST, attempt.getString("host"));
    assertFalse(attempt.getStartTime().isBefore(race.getStartTime()), attempt::toString);
    assertFalse(attempt.getEndTime().isAfter(race.getEndTime()), attempt::toString);
  }

  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void aRefusalHasItsCause() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jfr")) {
      Path file = directory.path().resolve("refused.jfr");
      assertSaid(RACED, dial(lab.agent("").flags(recording(file))));
      Recorded recorded = Recorded.of(file);
      RecordedEvent race = recorded.named("heagent.Race").get(0);
      RecordedEvent refused = recorded.attempts(race).get(0);
      assertEquals("failed", refused.getString("outcome"));
      assertTrue(refused.getString("cause").contains("refused"), refused::toString);
    }
  }

  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void aLookUpAndAConnectLeftAloneAreRecorded() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jfr")) {
      Path file = directory.path().resolve("lookup.jfr");
      ForkedJvm jvm = lab.agent("").flags(recording(file));
      assertSaid(RACED, jvm.run(UnresolvedProbe.class, REFUSED_FIRST, port()));
      RecordedEvent lookup = Recorded.of(file).named("heagent.Lookup").get(0);
      assertEquals(REFUSED_FIRST, lookup.getString("host"));
      assertEquals(AgentLab.REFUSED.get(0) + ", " + GOOD, lookup.getString("addresses"));
      // A race before it has found the recorder: see the document.
      Path other = directory.path().resolve("left.jfr");
      ForkedJvm mixed = lab.agent("except=" + DEAD_FIRST).flags(recording(other));
      ForkedJvm.Outcome outcome = mixed.run(PatientProbe.class, port(), REFUSED_FIRST, DEAD_FIRST);
      assertSaid("connected\nSocketTimeoutException", outcome);
      List<RecordedEvent> left = Recorded.of(other).named("heagent.LeftAlone");
      assertEquals(1, left.size(), left::toString);
      assertEquals("rule", left.get(0).getString("reason"));
      assertEquals(DEAD_FIRST, left.get(0).getString("host"));
    }
  }

  @Test
  @Tag("every-jdk")
  void aRecordingMayBeginLate() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jfr")) {
      Path file = directory.path().resolve("late.jfr");
      ForkedJvm.Outcome outcome =
          lab.agent("delay=100ms")
              .run(LateRecordingProbe.class, REFUSED_FIRST, DEAD_FIRST, port(), file.toString());
      assertSaid(RACED + "\n" + RACED, outcome);
      List<RecordedEvent> races = Recorded.of(file).named("heagent.Race");
      assertEquals(1, races.size(), races::toString);
      assertEquals(DEAD_FIRST, races.get(0).getString("host"));
    }
  }

  /** A program that races nothing, and connects seldom, is recorded before its 64th connect. */
  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void aProgramThatRacesNothingIsRecordedAfterASecond() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jfr")) {
      Path file = directory.path().resolve("unraced.jfr");
      String host = Scenario.SINGLE.host(Service.TALK);
      ForkedJvm jvm = lab.agent("").flags(recording(file));
      assertSaid("recorded early", jvm.run(UnracedProbe.class, host, port()));
      List<RecordedEvent> left = Recorded.of(file).named("heagent.LeftAlone");
      assertFalse(left.isEmpty());
      assertEquals("single", left.get(0).getString("reason"));
    }
  }

  /**
   * Only the class is loaded that is asked whether there is a recorder. A JVM that takes longer
   * than a second is also asked for its MBeanServer, for which this is not to be taken.
   */
  @Test
  @Tag("every-jdk")
  void nothingOfItIsLoadedWithoutARecording() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jfr")) {
      Path log = directory.path().resolve("log");
      ForkedJvm jvm = lab.agent("delay=100ms").flags("-Xlog:class+load:file=" + log + ":uptime");
      assertQuiet(all(RACED), dialAll(jvm, Scenario.DEAD_FIRST));
      List<String> ofRecorder =
          Files.readAllLines(log).stream()
              .map(line -> line.split("[\\[\\] ]+", 4))
              .filter(line -> line[2].startsWith("jdk.jfr.") || isManagementEarly(line))
              .map(line -> line[2])
              .toList();
      assertEquals(List.of("jdk.jfr.FlightRecorder"), ofRecorder);
    }
  }

  /** Whether it is of the module of MBeans, and was loaded within the JVM's first second. */
  private static boolean isManagementEarly(String... line) {
    return line[2].contains("javax.management.") && line[1].startsWith("0.");
  }

  /** As in a runtime image that jlink has made. */
  @Test
  @Tag("every-jdk")
  void aJvmWithoutTheModulesRaces() throws Exception {
    ForkedJvm jvm = lab.agent("delay=100ms").flags("--limit-modules=java.base,java.instrument");
    assertQuiet(all(RACED), dialAll(jvm, Scenario.DEAD_FIRST));
  }
}
