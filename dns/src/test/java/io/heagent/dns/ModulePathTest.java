package io.heagent.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is a module compiles and runs against the modules of the engine and of this
 * resolver.
 */
@Tag("jvm")
class ModulePathTest {

  /**
   * The jars of the engine, of dnsjava and of its dependencies, which are on the class path of the
   * tests.
   */
  private static final String LIBRARIES =
      "target" + File.separator + "classes" + File.pathSeparator + classPath();

  private static final String PROGRAM =
      """
      package program;

      import io.heagent.dns.DnsResolver;
      import io.heagent.engine.HappyEyeballs;
      import io.heagent.engine.race.Attempt;
      import io.heagent.engine.race.AttemptSource;
      import io.heagent.engine.race.RaceOptions;
      import io.heagent.engine.race.StaggeredRace;
      import io.heagent.engine.resolve.Resolver;
      import java.net.InetAddress;
      import java.net.ServerSocket;
      import java.net.Socket;
      import java.time.Duration;
      import java.util.List;
      import java.util.concurrent.CompletableFuture;

      public class Main {
        public static void main(String[] args) throws Exception {
          Resolver resolver = new DnsResolver();
          HappyEyeballs eyeballs = HappyEyeballs.defaults().resolver(resolver, Duration.ZERO);
          try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
              Socket socket = eyeballs.connectSocket("127.0.0.1", server.getLocalPort())) {
            System.out.println(socket.isConnected() + " " + Main.class.getModule().getName());
          }
          StaggeredRace<String> race = StaggeredRace.discarding(late -> {});
          Attempt<String> only = Attempt.ofStage(() -> CompletableFuture.completedFuture("won"));
          System.out.println(
              race.run(AttemptSource.of(List.of(only)), RaceOptions.defaults()).orElseThrow());
          System.out.println(HappyEyeballs.class.getModule());
          System.out.println(DnsResolver.class.getModule());
        }
      }
      """;

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(directory.resolve("program"));
    Files.writeString(
        directory.resolve("module-info.java"), "module program { requires io.heagent.dns; }");
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The compiler's messages; empty if it has none. */
  private String compile(String main) throws IOException {
    Path source = Files.writeString(directory.resolve("program").resolve("Main.java"), main);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("--release", "17", "--module-path", LIBRARIES, "-d", directory.toString());
    compiler
        .getTask(
            said,
            null,
            null,
            options,
            null,
            compiler
                .getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)
                .getJavaFileObjects(directory.resolve("module-info.java"), source))
        .call();
    return said.toString();
  }

  @Test
  void compilesAndRuns() throws Exception {
    assertEquals("", compile(PROGRAM));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "--module-path",
                directory + File.pathSeparator + LIBRARIES,
                "--module",
                "program/program.Main")
            .redirectErrorStream(true)
            .start();
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
      List<String> lines = said.lines().filter(line -> !line.startsWith("SLF4J")).toList();
      assertEquals(
          List.of("true program", "won", "module io.heagent.engine", "module io.heagent.dns"),
          lines);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The packages that carry the race out are not exported. */
  @Test
  void theRestIsNotForPrograms() throws IOException {
    String said =
        compile(
            "package program; public class Main { io.heagent.engine.net.Connector connector; }");
    assertTrue(said.contains("io.heagent.engine.net is not visible"), said);
  }
}
