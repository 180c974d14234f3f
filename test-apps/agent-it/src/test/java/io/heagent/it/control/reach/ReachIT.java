package io.heagent.it.control.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.startup.Command;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands to JVMs that are stopped, another user's, or older than their JDK. */
@Tag("jvm")
@Order(2)
class ReachIT {
  private static final String STRANGER = "65534";

  /** Files that are found by their own place, not by that of a link to them. */
  private static final Set<String> REAL =
      Set.of("bin/java", "lib/libjli.so", "lib/jli/libjli.so", "lib/server/libjvm.so");

  private TempDirectory temporary;
  private Path directory;

  /** Where the commands have their files. */
  private Path files;

  @BeforeEach
  void makeRoom() throws IOException {
    temporary = TempDirectory.create("reach");
    directory = temporary.path();
    files = Files.createDirectory(directory.resolve("files"));
    for (Path path : List.of(directory, files)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @AfterEach
  void clear() throws IOException {
    temporary.close();
  }

  private Outcome command(Path jar, String... arguments) throws Exception {
    Outcome outcome = run(jar, arguments);
    assertEquals(List.of(), left(), "files are left");
    return outcome;
  }

  private Outcome run(Path jar, String... arguments) throws Exception {
    return run(List.of(), jar, arguments);
  }

  private Outcome run(List<String> flags, Path jar, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(flags);
    all.add("-Djava.io.tmpdir=" + files);
    all.add("-Dsun.tools.attach.attachTimeout=" + (arguments.length > 2 ? arguments[2] : "60000"));
    all.addAll(List.of("-jar", jar.toString(), arguments[0], arguments[1]));
    return Command.run("", "java", all.toArray(String[]::new));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> left = Files.list(files)) {
      return left.toList();
    }
  }

  private static void assertNoAgent(Waiting jvm, Outcome status) {
    assertEquals(
        "[he-agent] status: " + jvm.pid() + ": no agent is in this JVM\n", status.stderr());
    assertEquals(1, status.exitCode());
  }

  private static List<String> java() {
    return List.of(JdkHomes.current().java().toString());
  }

  /**
   * It accepts the connection, and never answers. The JDK before 24 leaves it to the command to ask
   * first; since then it asks by itself when it attaches, and the command has not begun.
   */
  @Test
  void aStoppedJvmIsNotWaitedForWithoutAnEnd() throws Exception {
    try (Waiting jvm = new Waiting(java())) {
      assertGivenUp(jvm, List.of());
      // What is left must be empty: a name that stays taken.
      for (Path name : left()) {
        Files.delete(name);
      }
      jvm.signal("CONT");
      assertNoAgent(jvm, command(AgentLab.JAR, "status", jvm.pid()));
    }
  }

  /** As one that is stopped between the attach and the request: it may read the request later. */
  @Test
  @Tag("one-jdk")
  void theNameOfARequestThatAStoppedJvmMayStillReadStaysTaken() throws Exception {
    try (Waiting jvm = new Waiting(java())) {
      // Every JDK attaches without a question then, as JDK 17 does without this flag.
      assertGivenUp(jvm, List.of("-Djdk.attach.compat=true"));
      List<Path> left = left();
      assertEquals(1, left.size(), "the name of the request stays taken");
      // It must be empty for that.
      Files.delete(left.get(0));
      jvm.signal("CONT");
      assertNoAgent(jvm, command(AgentLab.JAR, "status", jvm.pid()));
    }
  }

  private void assertGivenUp(Waiting jvm, List<String> flags) throws Exception {
    assertNoAgent(jvm, command(AgentLab.JAR, "status", jvm.pid()));
    jvm.signal("STOP");
    Outcome late = run(flags, AgentLab.JAR, "status", jvm.pid(), "2000");
    assertEquals(
        "[he-agent] status: "
            + jvm.pid()
            + " has not answered within 2000 ms, maybe it is stopped;"
            + " when it goes on, status tells what has come of this\n",
        late.stderr());
    assertEquals(1, late.exitCode());
  }

  /** It does not even begin to listen. */
  @Test
  void aStoppedJvmThatNobodyHasAttachedToIsNotEither() throws Exception {
    try (Waiting jvm = new Waiting(java())) {
      jvm.signal("STOP");
      Outcome late = command(AgentLab.JAR, "status", jvm.pid(), "2000");
      assertEquals(1, late.stderr().lines().count(), late::stderr);
      assertTrue(late.stderr().contains("stopped"), late::stderr);
      assertEquals(1, late.exitCode());
      jvm.signal("CONT");
      jvm.goOn();
    }
  }

  /** As an upgrade of the JDK does under a program that runs. */
  @Test
  void aJvmWhoseLibraryIsDeletedIsAJvm() throws Exception {
    Path home = JdkHomes.current().home().toRealPath();
    Path copy = directory.resolve("jdk");
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.toList()) {
        String name = home.relativize(file).toString();
        Path to = copy.resolve(name);
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else if (REAL.contains(name)) {
          Files.copy(file, to);
        } else {
          Files.createSymbolicLink(to, file);
        }
      }
    }
    try (Waiting jvm = new Waiting(List.of(copy.resolve("bin/java").toString()))) {
      Files.delete(copy.resolve("lib/server/libjvm.so"));
      assertNoAgent(jvm, command(AgentLab.JAR, "status", jvm.pid()));
    }
  }

  /** Root's command has its files in a directory that the other user can enter, and no more. */
  @Test
  void rootReachesTheJvmOfAnotherUser() throws Exception {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "only root may attach to another user's JVM");
    assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "no setpriv");
    List<String> stranger = new ArrayList<>();
    stranger.addAll(
        List.of("setpriv", "--reuid=" + STRANGER, "--regid=" + STRANGER, "--clear-groups", "--"));
    stranger.addAll(java());
    List<String> probe = new ArrayList<>(stranger);
    probe.add("-version");
    assumeTrue(
        new ProcessBuilder(probe)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0,
        "that user cannot run this JDK");
    Path jar = Files.copy(AgentLab.JAR, directory.resolve("he-agent.jar"));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    try (Waiting jvm = new Waiting(stranger)) {
      assertNoAgent(jvm, command(jar, "status", jvm.pid()));
      Outcome attached = command(jar, "attach", jvm.pid());
      assertEquals("", attached.stderr());
      assertTrue(attached.stdout().contains("\nsettings in force:\n"), attached::stdout);
      Outcome detached = command(jar, "detach", jvm.pid());
      assertEquals(0, detached.exitCode(), detached::stderr);
      jvm.goOn();
    }
  }
}
