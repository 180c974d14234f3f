package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.lab.ForkedJvm;
import io.heagent.lab.TempDirectory;
import io.heagent.probes.AttachProbe;
import io.heagent.probes.EnvironmentProbe;
import io.heagent.probes.Facts;
import io.heagent.probes.HelloProbe;
import io.heagent.probes.OldVersionAgent;
import io.heagent.probes.RetransformingAgent;
import io.heagent.probes.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the agent starts, beside others and where it is not wanted. */
class StartIT {
  private static final String PATIENT = "60000";
  private static final String SHORT = "500";

  private static AgentLab lab;

  @BeforeAll
  static void open() throws Exception {
    lab = AgentLab.talk();
  }

  @AfterAll
  static void close() throws Exception {
    lab.close();
  }

  @Test
  void nothingIsPrintedByDefault() throws Exception {
    raced("", lab.agent(""));
  }

  @Test
  void oneBannerLineAtInfo() throws Exception {
    String stderr = raced(null, lab.agent("log=info"));
    assertEquals(1, stderr.lines().count(), stderr);
    assertTrue(stderr.startsWith("[he-agent] ") && stderr.contains("racing all hosts"), stderr);
  }

  @Test
  void classDataSharingStaysOn() throws Exception {
    raced("", lab.agent("").flags("-Xshare:on"));
  }

  @Test
  void wovenClassesPassTheVerifier() throws Exception {
    // Not -Xverify:all: deprecated, and says so on stderr.
    raced(
        "",
        lab.agent("")
            .flags("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal")
            .flags("-XX:+BytecodeVerificationRemote"));
  }

  @Test
  void agentGivenTwiceIsOneLine() throws Exception {
    oneLine(raced(null, lab.agent("").agent(AgentLab.JAR, "log=warn")), "already");
  }

  @Test
  void agentGivenTwiceFromAnotherPathIsOneLine() throws Exception {
    try (TempDirectory directory = TempDirectory.create("copy")) {
      Path copy = Files.copy(AgentLab.JAR, directory.path().resolve("copy.jar"));
      oneLine(raced(null, lab.agent("").agent(copy, "")), "already");
    }
  }

  @Test
  void killSwitch() throws Exception {
    untouched(lab.agent("").flags("-Dheagent.enabled=false"));
    untouched(lab.agent("").environment("HEAGENT_ENABLED", "false"));
  }

  @Test
  void modeOffAndExceptions() throws Exception {
    untouched(lab.agent("mode=off"));
    untouched(lab.agent("except=*.talk.test"));
    untouched(lab.agent("host=other.test"));
    raced("", lab.agent("host=*.talk.test:" + lab.port()));
  }

  @Test
  void oldJavaIsOneLineAndTheProgramRuns() throws Exception {
    try (TempDirectory directory = TempDirectory.create("agent")) {
      Path old = OneClassAgent.jar(directory.path(), OldVersionAgent.class);
      String stderr = untouched(lab.plain().agent(old, "11").agent(AgentLab.JAR, ""));
      oneLine(stderr, "Java 11 is not supported");
    }
  }

  @Test
  void toolsOfTheJdkAreLeftAlone() throws Exception {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .environment("JAVA_TOOL_OPTIONS", "-javaagent:" + AgentLab.JAR + "=log=info")
            .run("sun.security.tools.keytool.Main", "-help");
    assertEquals(0, outcome.exitCode(), outcome::stderr);
    assertTrue(!outcome.stderr().contains("racing"), outcome::stderr);
  }

  @Test
  void programsLogManagerAndMBeanServerAreTheirs() throws Exception {
    ForkedJvm.Outcome outcome =
        lab.agent("").run(EnvironmentProbe.class, Integer.toString(lab.port()));
    Facts facts = Facts.parse(outcome.stdout()).get("hello");
    assertEquals(Service.TALK.address(), facts.get("served"), outcome::stderr);
    assertEquals("OwnLogManager", facts.get("logManager"));
    assertEquals("true", facts.get("ownBuilder"));
    assertEquals("false", facts.get("sees"));
    assertEquals("true", facts.get("seesEntry"));
  }

  @Test
  void anotherAgentBeforeAndAfter() throws Exception {
    try (TempDirectory directory = TempDirectory.create("agent")) {
      Path other = OneClassAgent.jar(directory.path(), RetransformingAgent.class);
      raced("", lab.plain().agent(other, "").agent(AgentLab.JAR, ""));
      raced("", lab.plain().agent(AgentLab.JAR, "").agent(other, ""));
    }
  }

  @Test
  void dynamicAttach() throws Exception {
    ForkedJvm jvm = lab.plain().flags("-Djdk.attach.allowAttachSelf=true");
    if (Runtime.version().feature() >= 21) {
      jvm.flags("-XX:+EnableDynamicAgentLoading");
    }
    ForkedJvm.Outcome outcome =
        jvm.run(AttachProbe.class, Integer.toString(lab.port()), AgentLab.JAR.toString(), "");
    served(outcome);
    assertEquals("", outcome.stderr());
  }

  @Test
  void runAsAProgramItPrintsItsUsage() throws Exception {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk().classPath(AgentLab.JAR.toString()).run("io.heagent.agent.HeAgent");
    assertEquals("", outcome.stderr());
    assertTrue(outcome.stdout().contains("usage: java -javaagent:"), outcome::stdout);
    assertTrue(outcome.stdout().contains("max-in-flight"), outcome::stdout);
  }

  private static String raced(String stderr, ForkedJvm jvm) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run(HelloProbe.class, Integer.toString(lab.port()), PATIENT);
    served(outcome);
    if (stderr != null) {
      assertEquals(stderr, outcome.stderr());
    }
    return outcome.stderr();
  }

  private static void served(ForkedJvm.Outcome outcome) {
    Facts facts = Facts.parse(outcome.stdout()).getOrDefault("hello", new Facts("none"));
    assertEquals(
        Service.TALK.address(), facts.get("served"), () -> outcome.stdout() + outcome.stderr());
    assertEquals(0, outcome.exitCode());
  }

  private static String untouched(ForkedJvm jvm) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run(HelloProbe.class, Integer.toString(lab.port()), SHORT);
    Facts facts = Facts.parse(outcome.stdout()).getOrDefault("hello", new Facts("none"));
    assertEquals("java.net.SocketTimeoutException", facts.get("error"), outcome::stderr);
    return outcome.stderr();
  }

  private static void oneLine(String stderr, String part) {
    assertEquals(1, stderr.lines().count(), stderr);
    assertTrue(stderr.startsWith("[he-agent] ") && stderr.contains(part), stderr);
  }
}
