package io.heagent.agent.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heagent.agent.patch.PatchFile;
import io.heagent.agent.patch.PatchFileWriter;
import io.heagent.agent.patch.PatchSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The patches that the agent's jar brings along, a file for each feature version of the JDK: what
 * {@code scripts/corpus} makes, and what tests hold against what Byte Buddy weaves today. The class
 * files themselves are not kept.
 */
public final class Corpus {

  static final Path FOLDER = Path.of("src/main/resources/io/heagent/agent/patch");

  private static final Pattern NO_CODE =
      Pattern.compile("/\\*.*?\\*/|//[^\n]*|\\b(package|import) [^;]*;|\\s", Pattern.DOTALL);

  private static final Pattern VERSION = Pattern.compile("<byte-buddy.version>[^<]*");

  private Corpus() {}

  /** Adds JDKs, given by their homes, to the corpus; those that it has keep their sets. */
  public static void main(String[] homes) throws IOException {
    for (String home : homes) {
      add(Path.of(home));
    }
  }

  private static void add(Path home) throws IOException {
    try (JdkImage jdk = new JdkImage(home)) {
      String build = jdk.build();
      List<PatchSet> made = PatchSets.of(build, jdk);
      Path file = file(jdk.feature());
      PatchFileWriter writer = new PatchFileWriter();
      Set<String> kept = new LinkedHashSet<>();
      Set<String> dropped = new LinkedHashSet<>();
      PatchFile old = Files.exists(file) ? PatchFile.read(Files.readAllBytes(file)) : null;
      if (old != null) {
        for (PatchSet set : old.sets()) {
          if (set.build().equals(build)) {
            continue;
          }
          if (old.weaving() == weaving()) {
            kept.add(set.build());
            writer.add(set);
          } else {
            dropped.add(set.build());
          }
        }
      }
      made.forEach(writer::add);
      byte[] bytes = writer.file(weaving());
      Files.write(file, bytes);
      System.out.printf(
          "%s: %s %s, %d bytes; beside it %s%s%n",
          file.getFileName(),
          build,
          made.isEmpty() ? "is not as expected" : "added",
          bytes.length,
          kept,
          dropped.isEmpty() ? "" : "; of other hooks, and left out: " + dropped);
    }
  }

  static Path file(int feature) {
    return FOLDER.resolve(feature + ".patches");
  }

  /**
   * The homes of JDKs on this machine: the running one, those of {@code HEAGENT_JDKS}, the
   * system's, and those that {@code scripts/jdks} and {@code scripts/corpus} have unpacked.
   */
  static List<Path> homes() throws IOException {
    return homes(
        Path.of(System.getProperty("java.home")),
        Path.of("/usr/lib/jvm"),
        Path.of(System.getProperty("user.home")),
        System.getenv());
  }

  /**
   * The homes of a machine, without those that have no file of classes.
   *
   * @param running the home of the JDK that runs
   * @param system where the system has its JDKs
   * @param user the user's home directory
   * @param environment the variables that the scripts heed
   */
  static List<Path> homes(Path running, Path system, Path user, Map<String, String> environment)
      throws IOException {
    List<Path> candidates = new ArrayList<>(List.of(running));
    for (String home : environment.getOrDefault("HEAGENT_JDKS", "").split(":", -1)) {
      candidates.add(Path.of(home));
    }
    candidates.addAll(inside(system));
    Path unpacked = unpacked(user, environment);
    candidates.addAll(inside(unpacked));
    for (Path build : inside(unpacked.resolve("builds"))) {
      candidates.addAll(inside(build.resolve("usr/lib/jvm")));
    }
    Set<Path> homes = new LinkedHashSet<>();
    for (Path home : candidates) {
      if (JdkImage.isHome(home)) {
        homes.add(home.toRealPath());
      }
    }
    return new ArrayList<>(homes);
  }

  /** The directory that both scripts keep JDKs in. */
  private static Path unpacked(Path user, Map<String, String> environment) {
    String own = environment.getOrDefault("HEAGENT_JDKS_DIR", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (cache.isEmpty() ? user.resolve(".cache") : Path.of(cache)).resolve("he-agent/jdks");
  }

  private static List<Path> inside(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  /** Stands for the hooks and their advice, whatever their comments, and for Byte Buddy. */
  static int weaving() throws IOException {
    CRC32 crc = new CRC32();
    try (Stream<Path> all = Files.walk(Path.of("src/main/java/io/heagent/agent/jdk"))) {
      for (Path file :
          all.filter(path -> path.toString().matches(".*(Advice|/Hook|/EntranceWeaver)\\.java"))
              .sorted()
              .toList()) {
        crc.update(file.getFileName().toString().getBytes(UTF_8));
        crc.update(NO_CODE.matcher(Files.readString(file)).replaceAll("").getBytes(UTF_8));
      }
    }
    Matcher version = VERSION.matcher(Files.readString(Path.of("../pom.xml")));
    if (!version.find()) {
      throw new IOException("pom.xml tells no version of Byte Buddy");
    }
    crc.update(version.group().getBytes(UTF_8));
    return (int) crc.getValue();
  }
}
