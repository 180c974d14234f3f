package io.heagent.it.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.AgentJar;
import io.heagent.it.startup.Command;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After the agent has left, the JVM is as if it had never been there, and another one may come. */
@Tag("jvm")
@Tag("beside-others")
@Order(2)
class DetachIT extends StartCase {
  private static final String DETACHED =
      "detached: nothing is raced, and the JDK's classes are what they were\n";

  private static void detach(Steered program) throws Exception {
    Outcome outcome = program.command("detach");
    assertEquals(DETACHED, outcome.stdout(), outcome::stderr);
    assertEquals(0, outcome.exitCode());
  }

  private static Steered watched(AgentJar watching, List<String> flags) throws IOException {
    return Steered.withLibraries(
        lab.hosts(), TracesProgram.class, flags(watching, flags), REFUSED_FIRST, port());
  }

  /** Its loop looks at a channel for minutes while the agent is there. */
  @Test
  @Tag("every-jdk")
  void nothingStaysOfAChannelThatWasWatched() throws Exception {
    try (AgentJar watching = AgentJar.of(WatchingAgent.class);
        Steered program =
            Steered.withLibraries(
                lab.hosts(),
                TracesProgram.class,
                flags(watching, List.of()),
                REFUSED_FIRST,
                port(),
                Scenario.ALL_DEAD.host(Service.TALK))) {
      String before = program.next();
      assertEquals(0, program.command("attach", "mode=observe").exitCode());
      assertTrue(program.next().contains("he-agent-loop"));
      detach(program);
      assertEquals(before, program.next());
    }
  }

  private static List<String> flags(AgentJar watching, List<String> more) {
    List<String> flags = new ArrayList<>(List.of("-javaagent:" + watching.path()));
    flags.addAll(more);
    return flags;
  }

  /**
   * Classes, threads and system properties before the agent came and after it has left, and its
   * class loader gone.
   */
  @Test
  @Tag("every-jdk")
  void nothingStays() throws Exception {
    try (AgentJar watching = AgentJar.of(WatchingAgent.class);
        Steered program = watched(watching, List.of())) {
      String before = program.next();
      Outcome attached = program.command("attach", "history=on");
      assertEquals(0, attached.exitCode(), attached::stderr);
      String during = program.next();
      assertFalse(before.equals(during), "there is something to undo");
      detach(program);
      assertEquals(before, program.next());
      assertEquals("", program.errors());
    }
  }

  @Test
  @Tag("every-jdk")
  void anAgentThatCameByTheFlagLeavesToo() throws Exception {
    try (Steered program =
        Steered.program(lab, REFUSED_FIRST, "-javaagent:" + AgentLab.JAR + "=history=off")) {
      assertEquals(RACED, program.next());
      detach(program);
      assertEquals(PLAIN, program.next());
      Outcome status = program.command("status");
      assertEquals(
          "[he-agent] status: " + program.pid() + ": no agent is in this JVM\n", status.stderr());
      assertEquals("", program.errors());
    }
  }

  /** Until the first connect the agent cannot access its own bridge. */
  @Test
  @Tag("every-jdk-nightly")
  void anAgentLeavesAProgramThatHasNeverConnected() throws Exception {
    try (Steered program =
        Steered.program(lab, REFUSED_FIRST, "-javaagent:" + AgentLab.JAR + "=history=off")) {
      // A command may come before the agent has started.
      while (program.command("status").exitCode() != 0) {
        assertEquals("", program.errors());
      }
      detach(program);
      assertEquals(PLAIN, program.next());
      assertEquals(0, program.command("attach", "history=off").exitCode());
      assertEquals(RACED, program.next());
      assertEquals("", program.errors());
    }
  }

  /** With the same jar, as {@link #aRecordingGoesOnWithTheNextAgent} shows on each JDK. */
  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void theSameAgentMayComeAgain() throws Exception {
    comeAndGo("");
  }

  /** It goes on in its own words. */
  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void anAgentOfAnotherVersionMayCome() throws Exception {
    comeAndGo("9.9.9");
  }

  private static void comeAndGo(String version) throws Exception {
    try (TempDirectory directory = TempDirectory.create("version");
        Steered program = Steered.program(lab, REFUSED_FIRST)) {
      Path other =
          version.isEmpty()
              ? AgentLab.JAR
              : JarVersion.copy(AgentLab.JAR, directory.path().resolve("other.jar"), version);
      assertEquals(0, program.command("attach", "history=off").exitCode());
      assertEquals(RACED, program.next());
      detach(program);
      assertEquals(PLAIN, program.next());
      Outcome again = Steered.jar(other, "attach", program.pid(), "history=off");
      assertEquals(0, again.exitCode(), again::stderr);
      assertTrue(again.stdout().startsWith("he-agent " + version), again.stdout());
      assertEquals(RACED, program.next());
      // A jar of this version speaks with an agent of another one.
      assertEquals(
          again.stdout().lines().findFirst(),
          program.command("status").stdout().lines().findFirst());
      detach(program);
      assertEquals(PLAIN, program.next());
      assertEquals("", program.errors());
    }
  }

  /**
   * The events of the first agent are gone with it, and those of the second have the same names.
   */
  @Test
  @Tag("every-jdk-nightly")
  void aRecordingGoesOnWithTheNextAgent() throws Exception {
    try (TempDirectory directory = TempDirectory.create("recording");
        Steered program = Steered.program(lab, REFUSED_FIRST)) {
      Path file = directory.path().resolve("both.jfr");
      recorder(program, "JFR.start");
      for (int agent = 0; agent < 2; agent++) {
        assertEquals(0, program.command("attach", "history=off").exitCode());
        assertEquals(RACED, program.next());
        detach(program);
        assertEquals(PLAIN, program.next());
      }
      recorder(program, "JFR.dump", "filename=" + file.toAbsolutePath());
      long races =
          RecordingFile.readAllEvents(file).stream()
              .filter(event -> event.getEventType().getName().equals("heagent.Race"))
              .count();
      assertEquals(2, races);
    }
  }

  private static void recorder(Steered program, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(program.pid()));
    all.addAll(List.of(command));
    Outcome outcome = Command.run("", "jcmd", all.toArray(String[]::new));
    assertEquals(0, outcome.exitCode(), outcome::stdout);
  }

  /** Nothing is raced from then on, and whoever asks again is told so. */
  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void aConnectThatTakesLongIsWaitedFor() throws Exception {
    try (Steered program =
        Steered.of(
            lab.hosts(),
            SteeredProgram.class,
            List.of("-javaagent:" + AgentLab.JAR + "=history=off"),
            REFUSED_FIRST,
            port(),
            Scenario.ALL_DEAD.host(Service.TALK))) {
      assertEquals(SteeredProgram.READY, program.line());
      Outcome detach = program.command("detach");
      String goes = "the hooks go when the connects under way have ended\n";
      assertEquals("nothing is raced from now on; " + goes, detach.stdout(), detach::stderr);
      assertEquals(0, detach.exitCode());
      assertEquals(PLAIN, program.next());

      Outcome status = program.command("status");
      assertEquals(0, status.exitCode(), status::stderr);
      assertEquals(
          "the agent is leaving: nothing is raced from now on",
          status.stdout().lines().skip(1).findFirst().orElse(""));
      String complaint = ": " + program.pid() + ": the agent is leaving";
      Outcome again = program.command("detach");
      assertEquals("[he-agent] detach" + complaint + " already: " + goes, again.stderr());
      assertEquals(1, again.exitCode());
      Outcome set = program.command("set", "delay=400ms");
      assertEquals("[he-agent] set" + complaint + "; nothing has changed\n", set.stderr());
      assertEquals(1, set.exitCode());
      assertEquals("", program.errors());
    }
  }
}
