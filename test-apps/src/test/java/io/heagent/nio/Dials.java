package io.heagent.nio;

import io.heagent.lab.ForkedJvm;
import io.heagent.lab.Strace;
import io.heagent.lab.TempDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The connects of a forked JVM, as the kernel sees them. */
final class Dials implements Closeable {
  private final TempDirectory directory = TempDirectory.create("strace");

  Dials() throws IOException {}

  ForkedJvm traced(ForkedJvm jvm) {
    return jvm.under(Strace.command(directory.path().resolve("calls"), "connect"));
  }

  /** How often this address was dialled. */
  long dials(String address) throws IOException {
    List<String> lines = Files.readAllLines(directory.path().resolve("calls"));
    // The JVM's sockets are IPv6 ones; a call that another thread's interrupted is told in two
    // lines, of which one has the arguments.
    return lines.stream()
        .filter(line -> line.contains("connect("))
        .filter(line -> line.contains(":" + address + "\"") || line.contains("\"" + address + "\""))
        .count();
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
