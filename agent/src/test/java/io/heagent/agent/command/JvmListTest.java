package io.heagent.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code list} makes of names and files that other users have chosen. */
class JvmListTest {
  @TempDir Path directory;

  @Test
  void namesOfProgramsAndVersionsReachNoTerminalRaw() {
    assertEquals(
        "   4711  a\\u001b[31m.Main                1\\n2",
        JvmList.line("4711", "a\u001b[31m.Main", "1\n2"));
  }

  @Test
  void theEndOfALongNameIsShown() {
    assertEquals(
        "   4711  ...le.verylongname.MainProgram  -",
        JvmList.line("4711", "com.example.verylongname.MainProgram", "-"));
  }

  private File jar(String manifest) throws IOException {
    Path file = directory.resolve("x.jar");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("io/heagent/agent/HeAgent.class"));
      if (manifest != null) {
        zip.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
        zip.write(manifest.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return file.toFile();
  }

  @Test
  void theVersionIsTheManifests() throws IOException {
    assertEquals(
        "1.2", JvmList.version(jar("Manifest-Version: 1.0\nImplementation-Version: 1.2\n")));
    assertEquals("?", JvmList.version(jar("Manifest-Version: 1.0\n")));
    assertEquals("?", JvmList.version(jar(null)));
  }

  /** A version is a word; a manifest that is larger than any is not read. */
  @Test
  void aManifestWithoutAnEndIsNotRead() throws IOException {
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      padding.append("X").append(i).append(": y\n");
    }
    String manifest = "Manifest-Version: 1.0\n" + padding + "Implementation-Version: 1.2\n";
    assertEquals("?", JvmList.version(jar(manifest)));
  }

  /** Another user's process may have a pipe open that has such a name; to open it would wait. */
  @Test
  void aPipeIsNotOpened() throws Exception {
    Path pipe = directory.resolve("pipe.jar");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertNull(JvmList.version(pipe.toFile())));
  }
}
