package io.heagent.it.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.DialAll;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A security manager, which JDK 17 to 23 still have. */
@Tag("jvm")
class SecurityManagerIT extends StartCase {
  private static final String WHY =
      "connects are not raced, because a permission for a name is one for its first address only";

  @BeforeEach
  void thisJdkHasThem() {
    assumeTrue(Runtime.version().feature() < 24, "this JDK has no security manager");
  }

  /** The program has what it needs by itself; the agent has no permission at all, or every one. */
  @Test
  void policy() throws Exception {
    for (String ofAgent : List.of("", "permission java.security.AllPermission;")) {
      try (TempDirectory directory = TempDirectory.create("policy")) {
        Path policy = directory.path().resolve("policy");
        Files.writeString(policy, policy(ofAgent));
        ForkedJvm jvm =
            lab.agent("").flags("-Djava.security.manager", "-Djava.security.policy==" + policy);
        assertOurs(
            all(PLAIN),
            List.of("[he-agent] the program runs with a security manager: " + WHY),
            jvm.run(DialAll.class, REFUSED_FIRST, port()));
      }
    }
  }

  private static String policy(String ofAgent) {
    String program = DialAll.class.getProtectionDomain().getCodeSource().getLocation().toString();
    return grant(AgentLab.JAR.toUri().toString(), ofAgent)
        + grant(
            // A jar, or a folder and all below it.
            program.endsWith("/") ? program + "-" : program,
            "permission java.net.SocketPermission \""
                + REFUSED_FIRST
                + ':'
                + port()
                + "\", \"connect,resolve\"; permission java.io.FilePermission \""
                + lab.hosts().path()
                + "\", \"read\";");
  }

  private static String grant(String code, String permissions) {
    return "grant codeBase \"" + code + "\" {" + permissions + "};\n";
  }

  @Test
  void setLater() throws Exception {
    assertOurs(
        all(RACED) + "set\n" + all(PLAIN),
        List.of("[he-agent] the program has set a security manager: from now on " + WHY),
        guarded("java", REFUSED_FIRST));
  }

  /** The last host is good. The one before it answers too, but the manager forbids it. */
  @Test
  void programsOwnIsAskedAboutEachAddress() throws Exception {
    lab.with("guarded.test", AgentLab.REFUSED.get(0), AgentLab.SECOND, Service.TALK.address());
    assertOurs(
        all("connected to " + AgentLab.SECOND) + "set\n" + all(RACED),
        List.of(),
        guarded("own", "guarded.test"));
  }

  private static ForkedJvm.Outcome guarded(String which, String host) throws Exception {
    return lab.agent("history=off")
        .flags("-Djava.security.manager=allow")
        .run(GuardedProbe.class, host, port(), which, AgentLab.SECOND);
  }

  private static void assertOurs(String stdout, List<String> lines, ForkedJvm.Outcome outcome) {
    assertEquals(stdout, outcome.stdout(), outcome::stderr);
    // The JVM has lines of its own about security managers.
    assertEquals(
        lines, outcome.stderr().lines().filter(line -> line.startsWith("[he-agent] ")).toList());
    assertEquals(0, outcome.exitCode());
  }
}
