package io.heagent.it.fault;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.channel.OpenChannelLab;
import io.heagent.it.fault.FaultMatrixProbe.Sort;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.net.HostsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that may have no thread more: its connects are those of the JDK alone, and once there
 * are threads again, the next ones race. The limit is the system's own, for a user that nobody else
 * is, because it does not count for root.
 */
@Tag("jvm")
@Tag("beside-others")
class ThreadShortageIT {
  private static final int THREADS = 200;
  private static final String REFUSED = "java.net.ConnectException";

  @RegisterExtension static final OpenChannelLab lab = new OpenChannelLab();

  @ParameterizedTest
  @ValueSource(strings = {"selector", "async", "socket"})
  void nextConnectRacesOnceThereAreThreadsAgain(String kind) throws Exception {
    assumeTrue(isInstalled("prlimit"), "no prlimit");
    try (HostsFile hosts = HostsFile.of(FaultMatrixProbe.hosts(3));
        TempDirectory readable = TempDirectory.create("shortage")) {
      open(hosts.path().getParent(), "rwxr-xr-x");
      open(hosts.path(), "rw-r--r--");
      open(readable.path(), "rwxr-xr-x");
      Path jar = Files.copy(AgentLab.JAR, readable.path().resolve("he-agent.jar"));
      open(jar, "rw-r--r--");
      ForkedJvm jvm =
          ForkedJvm.onThisJdk()
              .under(limited())
              .classPath(copied(readable.path()))
              // The JVM says for each thread that cannot be had that it cannot be had.
              .flags("-Xlog:disable", hosts.flag())
              .agent(jar, "history=off,delay=10ms");
      ForkedJvm.Outcome outcome = jvm.run(ShortageProbe.class, Integer.toString(lab.port()), kind);
      Facts seen = Facts.parse(outcome.stdout()).get("shortage");
      assertTrue(seen != null, () -> outcome.stdout() + outcome.stderr());
      System.out.println(kind + ": " + seen);
      assumeTrue(seen.get("full").equals("true"), "the limit does not count here");
      assertAll(
          () -> assertEquals("connected", seen.get(Sort.GOOD_FIRST.name()), seen::toString),
          () -> assertOneOf(Set.of("connected", REFUSED), Sort.REFUSED_FIRST, seen),
          () -> assertOneOf(Set.of("connected", "pending"), Sort.DEAD_FIRST, seen),
          () -> assertEquals(REFUSED, seen.get(Sort.ALL_REFUSED.name()), seen::toString),
          () -> assertEquals("connected", seen.get("next"), seen::toString),
          () -> assertEquals("connected", seen.get("next, dead"), seen::toString));
    }
  }

  private static void assertOneOf(Set<String> allowed, Sort sort, Facts seen) {
    assertTrue(allowed.contains(seen.get(sort.name())), seen::toString);
  }

  private static String[] limited() {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      assumeTrue(isInstalled("setpriv"), "no setpriv");
      int nobodyElse = ThreadLocalRandom.current().nextInt(1_000_000_000, 2_000_000_000);
      command.addAll(List.of("setpriv", "--reuid=" + nobodyElse, "--clear-groups"));
    }
    command.addAll(List.of("prlimit", "--nproc=" + THREADS));
    return command.toArray(String[]::new);
  }

  /** The probe's classes, where any user may read them. */
  private static String copied(Path directory) throws Exception {
    Path classes = directory.resolve("classes");
    for (Class<?> root : List.of(ShortageProbe.class, Facts.class)) {
      Path from = Path.of(root.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isDirectory(from)) {
        // Failsafe takes the main classes from the packaged jar.
        from = Path.of("target", "classes");
      }
      String room = root.getPackageName().replace('.', '/');
      try (Stream<Path> files = Files.list(from.resolve(room))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path to = classes.resolve(room).resolve(file.getFileName().toString());
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
    return classes.toString();
  }

  private static void open(Path path, String permissions) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static boolean isInstalled(String program) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
