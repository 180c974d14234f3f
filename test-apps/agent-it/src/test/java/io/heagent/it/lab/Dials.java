package io.heagent.it.lab;

import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Strace;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The connects of a forked JVM, as the kernel sees them. */
public final class Dials implements Closeable {
  private final TempDirectory directory = TempDirectory.create("strace");

  public Dials() throws IOException {}

  public ForkedJvm traced(ForkedJvm jvm) {
    return jvm.under(Strace.command(directory.path().resolve("calls"), "connect"));
  }

  /** How often this address was dialled. */
  public long dials(String address) throws IOException {
    return connects().filter(line -> isTo(address, line)).count();
  }

  /** Which of these addresses was dialled first. */
  public String first(String... addresses) throws IOException {
    return connects()
        .flatMap(line -> Arrays.stream(addresses).filter(address -> isTo(address, line)))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Strace prints a call in two lines if another thread's call came between. The first of them has
   * the arguments.
   */
  private Stream<String> connects() throws IOException {
    List<String> lines = Files.readAllLines(directory.path().resolve("calls"));
    return lines.stream().filter(line -> line.contains("connect("));
  }

  /** The JVM's sockets are IPv6 ones. */
  private static boolean isTo(String address, String line) {
    return line.contains(":" + address + "\"") || line.contains("\"" + address + "\"");
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
