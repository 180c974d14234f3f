package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever the jar lies, and whatever it is called there; and a jar that is not whole. */
@Tag("jvm")
class JarPathIT extends StartCase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shout!/he-agent.jar",
        "shout!/louder!/he agent!.jar",
        "a b/c++/100%25/d#e/f?g/[h]/he-agent.jar",
        "gr\u00fc\u00df dich/\u65e5\u672c/he-agent.jar"
      })
  void anyFolder(String path) throws Exception {
    boolean ascii = path.chars().allMatch(c -> c < 128);
    assumeTrue(ascii || isUtf8(), "file names here are of another character set");
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path jar = directory.path().resolve(path);
      Files.createDirectories(jar.getParent());
      Files.copy(AgentLab.JAR, jar);
      assertQuiet(RACED + "\n", dial(lab.plain().agent(jar, "").environment("LC_ALL", "C.UTF-8")));
    }
  }

  /** On JDK 17 the locale tells it: in the C locale no other names can even be made. */
  private static boolean isUtf8() {
    return "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
  }

  @Test
  @Tag("one-jdk")
  void symbolicLink() throws Exception {
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path folder = Files.createDirectory(directory.path().resolve("v1!"));
      Files.copy(AgentLab.JAR, folder.resolve("he-agent.jar"));
      Path current = Files.createSymbolicLink(directory.path().resolve("current!"), folder);
      Path jar = Files.createSymbolicLink(current.resolve("link.jar"), Path.of("he-agent.jar"));
      assertQuiet(RACED + "\n", dial(lab.plain().agent(jar, "")));
    }
  }

  /**
   * The line names the cause itself, and not the exception that reflection has wrapped around it.
   */
  @Test
  @Tag("one-jdk")
  void jarThatIsNotWhole() throws Exception {
    String missing = "sun/nio/ch/HeSelect.class";
    try (TempDirectory directory = TempDirectory.create("jar")) {
      Path jar = directory.path().resolve("he-agent.jar");
      copyWithout("io/heagent/agent/inst/" + missing + "data", jar);
      assertEquals(
          List.of(
              "[he-agent] could not start: java.io.IOException: the agent's jar lacks "
                  + missing
                  + "; the program runs on, connects are not raced"),
          linesBeside(PLAIN + "\n", dial(lab.plain().agent(jar, ""))));
    }
  }

  private static void copyWithout(String missing, Path copy) throws Exception {
    try (JarFile whole = new JarFile(AgentLab.JAR.toFile());
        JarOutputStream out =
            new JarOutputStream(Files.newOutputStream(copy), whole.getManifest())) {
      for (JarEntry entry : whole.stream().toList()) {
        if (!entry.getName().equals(missing) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
          out.putNextEntry(new JarEntry(entry.getName()));
          whole.getInputStream(entry).transferTo(out);
        }
      }
    }
  }
}
