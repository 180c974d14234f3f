package io.heagent.testkit.jvm;

import io.heagent.testkit.jvm.beside.Beside;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path that the forked JVMs of a test run have. A JVM that looks for the providers of a
 * service, or has an agent, opens each jar of its class path; with the hundred and more libraries
 * of the tests that takes a third of a start. So a run may leave them out, {@code
 * -Dheagent.libraries=false}; a JVM whose program uses them asks for them all the same. Other
 * agents look for libraries that they know, so a run beside them has them.
 */
final class ProgramPath {

  /** All that the JVM that asks has. */
  static final String WITH_LIBRARIES = System.getProperty("java.class.path");

  private static final String OF_THIS_RUN =
      Boolean.parseBoolean(System.getProperty("heagent.libraries", "true"))
              || !Beside.ofThisRun().isNobody()
          ? WITH_LIBRARIES
          : Stream.of(WITH_LIBRARIES.split(File.pathSeparator, -1))
              .filter(ProgramPath::isOfThisProject)
              .collect(Collectors.joining(File.pathSeparator));

  private ProgramPath() {}

  /** The class path of a JVM to which a test gives none. */
  static String ofThisRun() {
    return OF_THIS_RUN;
  }

  private static boolean isOfThisProject(String entry) {
    Path path = Path.of(entry);
    return Files.isDirectory(path) || path.getFileName().toString().startsWith("he-");
  }
}
