package io.heagent.it.jdk;

import io.heagent.it.lab.Descriptors;
import io.heagent.it.startup.DialAll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Arguments: host, port. Connects in every way; then tells what this process still has open that is
 * neither a file nor one of its standard streams, and the agent's threads, once they have had time
 * to end.
 */
public final class IdleProbe {
  private static final int STANDARD_STREAMS = 3;

  private IdleProbe() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    DialAll.main(args);
    System.out.println(Descriptors.threadsOfTheAgentInTheEnd());
    System.out.println(open());
  }

  private static List<String> open() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(each -> number(each) >= STANDARD_STREAMS)
          .map(IdleProbe::target)
          .filter(target -> !target.startsWith("/"))
          .map(target -> target.replaceAll("\\d+", "N"))
          .sorted()
          .toList();
    }
  }

  private static int number(Path descriptor) {
    return Integer.parseInt(descriptor.getFileName().toString());
  }

  /** The descriptor that lists the others is closed by the time it is asked. */
  private static String target(Path descriptor) {
    try {
      return Files.exists(descriptor) || Files.isSymbolicLink(descriptor)
          ? Files.readSymbolicLink(descriptor).toString()
          : "/";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
