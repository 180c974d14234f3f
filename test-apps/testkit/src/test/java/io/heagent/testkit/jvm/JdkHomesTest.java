package io.heagent.testkit.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkHomesTest {
  @TempDir Path directory;

  @Test
  void knowsTheJdkThatRunsThis() {
    assertEquals(Runtime.version().feature(), JdkHomes.current().feature());
    assertTrue(Files.isExecutable(JdkHomes.current().java()));
  }

  @Test
  void oneForEachVersionOldestFirst() throws IOException {
    Path newer = home("newer", "25.0.3");
    Path older = home("older", "17.0.15");
    Path again = home("again", "17.0.2");
    assertEquals(
        List.of(older, newer),
        JdkHomes.among(List.of(newer, older, again)).stream().map(Jdk::home).toList());
  }

  @Test
  void passesOverWhatIsTooOldOrNoJdk() throws IOException {
    Path old = home("old", "11.0.24");
    Path strange = home("strange", "newest");
    assertEquals(List.of(), JdkHomes.among(List.of(old, strange, directory.resolve("none"))));
  }

  private Path home(String name, String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(home.resolve("bin").resolve("java")).toFile().setExecutable(true);
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home.toRealPath();
  }
}
