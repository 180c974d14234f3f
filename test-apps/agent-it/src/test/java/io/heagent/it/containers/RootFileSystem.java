package io.heagent.it.containers;

import io.heagent.testkit.jvm.Compilers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of an image, taken from this machine: no image can be pulled here. Holds programs with
 * the shared libraries that they are linked to, and busybox for everything else.
 */
final class RootFileSystem {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
  private static final int LIMIT_SECONDS = 120;

  private final Path root;

  RootFileSystem(Path root) throws IOException {
    this.root = root;
    for (String directory : List.of("bin", "tmp", "etc", "app", "agent", "data")) {
      Files.createDirectories(root.resolve(directory));
    }
    Files.writeString(
        root.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\napp:x:1000:\n");
    Files.copy(find("busybox"), root.resolve("bin/busybox"));
    for (String name : List.of("sh", "cp", "cat", "ls", "sleep", "id", "chown", "mkdir")) {
      Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
    }
  }

  Path root() {
    return root;
  }

  /** A run-time image of this JVM's own JDK, as {@code /jre}. */
  RootFileSystem withJre() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("java.home"));
    run(
        home.resolve("bin/jlink").toString(),
        "-J" + Compilers.WITHOUT_C2,
        "--add-modules",
        "java.base,java.instrument,java.logging,java.management,java.naming,java.net.http,java.sql,"
            + "java.security.sasl,jdk.unsupported",
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        "--output",
        root.resolve("jre").toString());
    withLibrariesOf(root.resolve("jre"));
    return this;
  }

  /** A program of this machine with its libraries, at the same place as here. */
  RootFileSystem withProgram(String name) throws IOException, InterruptedException {
    Path program = find(name);
    copy(program, root.resolve("bin").resolve(name));
    withLibraries(List.of(program));
    return this;
  }

  /** The libraries from outside that everything below a directory of the image is linked to. */
  RootFileSystem withLibrariesOf(Path directory) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(directory)) {
      withLibraries(
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().contains(".so") || Files.isExecutable(file))
              .toList());
    }
    return this;
  }

  /** The classes and libraries of this test module, as {@code /app}. */
  RootFileSystem withApplication() throws IOException {
    copyTree(Path.of("target/classes"), root.resolve("app/classes"));
    for (String name : System.getProperty("java.class.path").split(":", -1)) {
      if (name.matches(".*/postgresql-[0-9.]+\\.jar")) {
        copy(Path.of(name), root.resolve("app/postgresql.jar"));
      }
    }
    return this;
  }

  private void withLibraries(List<Path> programs) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ldd \"$@\" 2>&1 || :", "sh"));
    programs.forEach(program -> command.add(program.toString()));
    Set<Path> libraries = new TreeSet<>();
    Matcher linked = LIBRARY.matcher(run(command.toArray(String[]::new)));
    while (linked.find()) {
      libraries.add(Path.of(linked.group(1)));
    }
    for (Path library : libraries) {
      if (!library.startsWith(root)) {
        copy(library, root.resolve(library.toString().substring(1)));
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  static Path find(String program) throws IOException {
    for (String directory : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1)) {
      Path found = Path.of(directory).resolve(program);
      if (Files.isExecutable(found)) {
        return found;
      }
    }
    throw new IOException("missing: " + program);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("he-output-", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("hangs: " + String.join(" ", command));
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + text);
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }
}
