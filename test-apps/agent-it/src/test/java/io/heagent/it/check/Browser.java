package io.heagent.it.check;

import io.heagent.testkit.jvm.TempDirectory;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** A browser of this machine, which draws without a screen, and reaches no network. */
final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final long LIMIT_SECONDS = 60;

  private final Path program;

  private Browser(Path program) {
    this.program = program;
  }

  /** The first that is on the path; null for none. */
  static Browser find() {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      for (String name : NAMES) {
        Path program = Path.of(directory, name);
        if (Files.isExecutable(program)) {
          return new Browser(program);
        }
      }
    }
    return null;
  }

  /**
   * Draws a picture as somebody sees it who prefers light or dark pages.
   *
   * @param drawn the file for what it looks like
   */
  BufferedImage draw(Path picture, int width, int height, boolean dark, Path drawn)
      throws IOException, InterruptedException {
    Files.createDirectories(drawn.getParent());
    Files.deleteIfExists(drawn);
    try (TempDirectory directory = TempDirectory.create("browser")) {
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--hide-scrollbars",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--host-resolver-rules=MAP * ~NOTFOUND",
                  "--user-data-dir=" + directory.path().resolve("profile"),
                  "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                  "--window-size=" + width + "," + height,
                  "--screenshot=" + drawn.toAbsolutePath(),
                  picture.toUri().toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.path().resolve("said").toFile())
              .start();
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || !Files.exists(drawn)) {
          throw new IOException(Files.readString(directory.path().resolve("said")));
        }
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    }
    return ImageIO.read(drawn.toFile());
  }
}
