package io.heagent.it.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The file that {@code config=} names changes while the program runs. */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class WatchedFileIT extends StartCase {
  private static final String OFF = "mode=off\n";
  private static final String ON = "mode=race\nhistory=off\n";

  /** Connects until the outcome is the awaited one; the test's own limit ends a wait in vain. */
  private static void await(String outcome, Steered program) throws Exception {
    while (!program.next().equals(outcome)) {
      Thread.sleep(50);
    }
  }

  private static Steered program(Path file) throws IOException {
    return Steered.program(
        lab, REFUSED_FIRST, "-javaagent:" + AgentLab.JAR + "=log=info,config=" + file);
  }

  private static void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** As the kubelet does it: the file is a link through ..data, and that link is swapped. */
  @Test
  void aConfigMapIsSwapped() throws Exception {
    try (TempDirectory directory = TempDirectory.create("configmap")) {
      Path mount = directory.path();
      version(mount, "..1", OFF);
      Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
      Files.createSymbolicLink(mount.resolve("he.conf"), Path.of("..data/he.conf"));
      try (Steered program = program(mount.resolve("he.conf"))) {
        assertEquals(PLAIN, program.next());
        version(mount, "..2", ON);
        swap(mount, "..2");
        await(RACED, program);
        version(mount, "..3", OFF);
        swap(mount, "..3");
        await(PLAIN, program);
      }
    }
  }

  private static void version(Path mount, String name, String text) throws IOException {
    Path folder = Files.createDirectory(mount.resolve(name));
    Files.writeString(folder.resolve("he.conf"), text);
  }

  private static void swap(Path mount, String version) throws IOException {
    Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
    Files.move(
        link,
        mount.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Mended, deleted and there again; a bad one keeps the settings of before, and is told once. */
  @Test
  void aBadFileKeepsTheRulesAndIsToldOnce() throws Exception {
    try (TempDirectory directory = TempDirectory.create("config")) {
      Path file = Files.writeString(directory.path().resolve("he.conf"), ON);
      try (Steered program = program(file)) {
        assertEquals(RACED, program.next());
        replace(file, OFF + "delay=5ms\n");
        awaitLine(program, "delay=5ms (" + file + ") is not allowed: 10ms to 2s, or off");
        Files.delete(file);
        awaitLine(program, "config=" + file + " does not exist");
        replace(file, OFF);
        await(PLAIN, program);
        Files.writeString(file, ON);
        await(RACED, program);
        List<String> warnings =
            program.errors().lines().filter(line -> line.contains("of before apply")).toList();
        assertEquals(2, warnings.size(), program.errors());
      }
    }
  }

  /** Until it has said so, connects go on as before. */
  private static void awaitLine(Steered program, String line) throws Exception {
    while (!program.errors().contains("[he-agent] " + line + "; the settings of before apply\n")) {
      assertEquals(RACED, program.next(), program.errors());
      Thread.sleep(50);
    }
    assertTrue(program.next().equals(RACED), program.errors());
  }
}
