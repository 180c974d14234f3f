package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.patch.PatchSet;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/** The classes of a JDK that need not be the running one, read from its home. */
final class JdkImage implements Closeable, Function<String, byte[]> {

  private final Path home;
  private final FileSystem image;

  /** Opens the image of a JDK, from its home. */
  JdkImage(Path home) throws IOException {
    this.home = home;
    this.image =
        FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()));
  }

  /** Whether there is one, with its file of classes. */
  static boolean isHome(Path home) {
    return Files.isReadable(home.resolve("lib/modules"))
        && Files.isReadable(home.resolve("lib/jrt-fs.jar"))
        && Files.isReadable(home.resolve("release"));
  }

  /** Its build, as a start on it finds it. */
  String build() throws IOException {
    return PatchSet.build(
        released("JAVA_RUNTIME_VERSION"), Files.size(home.resolve("lib/modules")));
  }

  /** Its feature version. */
  int feature() throws IOException {
    return Runtime.Version.parse(released("JAVA_VERSION")).feature();
  }

  private String released(String key) throws IOException {
    Properties release = new Properties();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    }
    return release.getProperty(key, "").replace("\"", "");
  }

  @Override
  public byte[] apply(String className) {
    Path file =
        image
            .getPath("/modules", JdkClassFiles.moduleName(className))
            .resolve(className.replace('.', '/') + ".class");
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : null;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    image.close();
  }
}
