package io.heagent.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path directory;

  @Test
  void linesAreAppendedWithTheirTime() throws IOException {
    Path path = directory.resolve("he-agent.log");
    Files.writeString(path, "before\n");
    assertNull(new LogFile(path.toString()).append("[he-agent] one"));
    assertNull(new LogFile(path.toString()).append("[he-agent] two"));
    List<String> lines = Files.readAllLines(path);
    assertEquals("before", lines.get(0));
    assertTrue(
        lines.get(1).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z \\[he-agent] one"), lines.get(1));
    assertTrue(lines.get(2).endsWith("Z [he-agent] two"), lines.get(2));
  }

  @Test
  void thePathMayNameTheProcess() {
    LogFile file = new LogFile(directory.resolve("%p.log").toString());
    assertNull(file.append("[he-agent] one"));
    assertTrue(Files.exists(directory.resolve(ProcessHandle.current().pid() + ".log")));
  }

  @Test
  void aFileThatCannotBeWrittenIsToldOfOnce() {
    LogFile file = new LogFile(directory.resolve("missing/he-agent.log").toString());
    List<String> first = file.append("[he-agent] one").lines().toList();
    assertEquals(2, first.size(), first::toString);
    assertTrue(first.get(0).startsWith("[he-agent] log-file="), first.get(0));
    assertTrue(first.get(0).endsWith("; lines go to stderr"), first.get(0));
    assertEquals("[he-agent] one", first.get(1));
    assertEquals("[he-agent] two", file.append("[he-agent] two"));
  }

  /** Containers have stdout and stderr as pipes, which a path below /dev names. */
  @Test
  void aDeviceIsWrittenToo() {
    assertNull(new LogFile("/dev/null").append("[he-agent] one"));
  }

  @Test
  @Timeout(30)
  void aPipeThatNobodyReadsIsNotWaitedFor() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertNull(new LogFile(pipe.toString()).fault());
    assertNull(new LogFile(pipe.toString()).append("[he-agent] one"));
  }

  @Test
  void aDirectoryIsNoLogFile() {
    String fault = new LogFile(directory.toString()).fault();
    assertTrue(fault.startsWith("log-file=" + directory + " cannot be written ("), fault);
  }
}
