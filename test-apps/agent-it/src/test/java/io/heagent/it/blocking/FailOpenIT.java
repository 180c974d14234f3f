package io.heagent.it.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Service;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * A hook that throws an exception or an error leaves the program's connect with the outcome that
 * the JDK gives.
 */
@Tag("jvm")
@Tag("beside-others")
class FailOpenIT {
  @TestFactory
  Stream<DynamicTest> aHookThatThrowsIsNoMoreThanALine() throws Exception {
    try (AgentLab lab = AgentLab.talk();
        TempDirectory bridge = TempDirectory.create("bridge");
        TempDirectory compiled = TempDirectory.create("compiled")) {
      extract(bridge.path());
      ForkedJvm.Outcome outcome =
          lab.agent("delay=100ms")
              .flags(
                  "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                  "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED")
              .run(
                  FailOpenProbe.class,
                  Integer.toString(lab.port()),
                  bridge.path().toString(),
                  compiled.path().toString());
      Map<String, Facts> seen = Facts.parse(outcome.stdout());
      assertTrue(seen.size() >= 6 * 2 * 6, () -> outcome.stdout() + outcome.stderr());
      assertTrue(outcome.stderr().contains("[he-agent] unexpected"), outcome::stderr);
      // The agent prints one line for each kind of failure, not for each connect.
      assertTrue(outcome.stderr().lines().count() < seen.size(), outcome::stderr);
      return seen.values().stream().map(f -> dynamicTest(f.name(), () -> judge(f)));
    }
  }

  private static void judge(Facts facts) {
    if (facts.name().endsWith("GOOD_FIRST")) {
      assertEquals(Service.TALK.address(), facts.get("served"), facts::toString);
      assertEquals("ping", facts.get("echo"), facts::toString);
    } else {
      assertEquals("java.net.ConnectException", facts.get("error"), facts::toString);
    }
  }

  private static void extract(Path directory) throws Exception {
    Path target = directory.resolve("sun/nio/ch/HeHook.class");
    Files.createDirectories(target.getParent());
    try (JarFile jar = new JarFile(AgentLab.JAR.toFile());
        InputStream in =
            jar.getInputStream(jar.getEntry("io/heagent/agent/inst/sun/nio/ch/HeHook.classdata"))) {
      Files.copy(in, target);
    }
  }
}
