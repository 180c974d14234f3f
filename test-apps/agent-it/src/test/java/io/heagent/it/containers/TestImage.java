package io.heagent.it.containers;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import io.heagent.examples.demo.PostgresBinaries;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ResourceReaper;

/**
 * The one image of all containers, made once a JVM: this JVM's JDK, PostgreSQL, the programs of
 * this module, nft and busybox. Not the agent: that comes to its containers as it does to an
 * operator's.
 */
final class TestImage {
  private static String name;

  private TestImage() {}

  /** Its name; builds it where that has not been done. */
  static synchronized DockerImageName name() throws IOException, InterruptedException {
    if (name == null) {
      name = build();
    }
    return DockerImageName.parse(name);
  }

  private static String build() throws IOException, InterruptedException {
    try (TempDirectory directory = TempDirectory.create("image")) {
      Path root = Files.createDirectory(directory.path().resolve("root"));
      Path postgres = Files.createDirectory(root.resolve("postgres"));
      PostgresBinaries.unpack(postgres);
      new RootFileSystem(root)
          .withJre()
          .withLibrariesOf(postgres)
          .withProgram("nft")
          .withApplication();
      Files.writeString(
          directory.path().resolve("Dockerfile"),
          "FROM scratch\nCOPY root /\nENV PATH=/jre/bin:/bin\n");
      Path archive = directory.path().resolve("context.tar");
      Process tar =
          new ProcessBuilder(
                  "tar",
                  "--owner=0",
                  "--group=0",
                  "-C",
                  directory.path().toString(),
                  "-cf",
                  archive.toString(),
                  "Dockerfile",
                  "root")
              .inheritIO()
              .start();
      if (tar.waitFor() != 0) {
        throw new IOException("tar failed");
      }
      return built(archive);
    }
  }

  /** Testcontainers would compress the files on their way to the engine, which is next door. */
  @SuppressWarnings("deprecation") // It has no other way to take an image away at the end.
  private static String built(Path archive) throws IOException {
    String image = "localhost/he-agent-test:" + UUID.randomUUID();
    try (InputStream context = Files.newInputStream(archive)) {
      DockerClientFactory.lazyClient()
          .buildImageCmd(context)
          .withTags(Set.of(image))
          .exec(new BuildImageResultCallback())
          .awaitImageId();
    }
    ResourceReaper.instance().registerImageForCleanup(image);
    return image;
  }
}
