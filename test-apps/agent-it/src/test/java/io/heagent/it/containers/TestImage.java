package io.heagent.it.containers;

import io.heagent.examples.demo.PostgresBinaries;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

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
      Path archive = directory.path().resolve("root.tar");
      Process tar =
          new ProcessBuilder(
                  "tar",
                  "--owner=0",
                  "--group=0",
                  "-C",
                  root.toString(),
                  "-cf",
                  archive.toString(),
                  ".")
              .inheritIO()
              .start();
      if (tar.waitFor() != 0) {
        throw new IOException("tar failed");
      }
      return new ImageFromDockerfile()
          .withFileFromPath("root.tar", archive)
          .withDockerfileFromBuilder(
              builder ->
                  builder.from("scratch").add("root.tar", "/").env("PATH", "/jre/bin:/bin").build())
          .get();
    }
  }
}
