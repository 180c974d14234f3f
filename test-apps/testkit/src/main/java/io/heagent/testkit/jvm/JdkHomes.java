package io.heagent.testkit.jvm;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JDKs of this machine that the agent supports, one for each feature version. {@code
 * HEAGENT_JDKS}, a path list of homes, replaces the search.
 */
public final class JdkHomes {
  static final int OLDEST_FEATURE = 17;
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private JdkHomes() {}

  /** All found, oldest first. */
  public static List<Jdk> all() {
    String chosen = System.getenv("HEAGENT_JDKS");
    return chosen == null || chosen.isBlank() ? among(candidates()) : among(split(chosen));
  }

  /** The JDK that runs this code. */
  public static Jdk current() {
    Path home = Path.of(System.getProperty("java.home"));
    return read(home)
        .orElseGet(
            () -> new Jdk(home, Runtime.version().feature(), System.getProperty("java.version")));
  }

  static List<Jdk> among(List<Path> homes) {
    Map<Integer, Jdk> byFeature = new TreeMap<>();
    homes.stream()
        .flatMap(home -> read(home).stream())
        .filter(jdk -> jdk.feature() >= OLDEST_FEATURE)
        .forEach(jdk -> byFeature.putIfAbsent(jdk.feature(), jdk));
    return List.copyOf(byFeature.values());
  }

  private static List<Path> split(String paths) {
    return Stream.of(paths.split(File.pathSeparator))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .toList();
  }

  private static List<Path> candidates() {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> installed = Files.list(INSTALLED)) {
        installed.sorted(Comparator.naturalOrder()).forEach(homes::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return homes;
  }

  // From the release file, which every JDK has: starting each JVM to ask it takes too long.
  private static Optional<Jdk> read(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isReadable(release)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      properties.load(reader);
      String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
      int feature = Runtime.Version.parse(version).feature();
      return Optional.of(new Jdk(home.toRealPath(), feature, version));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
