package io.heagent.agent.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SmallFileTest {

  @TempDir private Path directory;

  @Test
  void linesOfAnyBytes() throws IOException {
    Path file = Files.write(directory.resolve("hosts"), new byte[] {'a', -1, '\r', '\n', 'b'});
    assertEquals(List.of("a\u00ff", "b"), SmallFile.lines(file));
  }

  @Test
  void whatIsNotThereHasNoLines() {
    assertEquals(List.of(), SmallFile.lines(directory.resolve("none")));
    assertEquals(List.of(), SmallFile.lines(directory));
  }

  /** To open a pipe that nobody writes into takes for ever. */
  @Test
  @Timeout(30)
  void pipeHasNoLines() throws Exception {
    Path pipe = directory.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertTrue(made.waitFor(10, TimeUnit.SECONDS));
    assertEquals(List.of(), SmallFile.lines(pipe));
  }

  /** If the file were cut in the middle of a name, the rest would be another name. */
  @Test
  void hugeFileEndsWithAWholeLine() throws IOException {
    String line = "0.0.0.0 advertisement.example\n";
    Path file =
        Files.writeString(
            directory.resolve("huge"), line.repeat(2 * SmallFile.MAX_BYTES / line.length()));
    List<String> lines = SmallFile.lines(file);
    assertEquals(SmallFile.MAX_BYTES / line.length(), lines.size());
    assertEquals(line.trim(), lines.get(lines.size() - 1));
  }
}
