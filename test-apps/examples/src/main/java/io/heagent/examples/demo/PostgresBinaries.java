package io.heagent.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, as an archive on the class path. */
public final class PostgresBinaries {
  private static final int TAR_SECONDS = 60;

  private PostgresBinaries() {}

  /** Unpacks them; their owner is who we are, whatever the archive says. */
  public static void unpack(Path target) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-x", "-f", "-", "-C", target.toString(), "--no-same-owner")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream archive = archive();
        OutputStream in = tar.getOutputStream()) {
      archive.transferTo(in);
    }
    try {
      if (!tar.waitFor(TAR_SECONDS, TimeUnit.SECONDS) || tar.exitValue() != 0) {
        throw new IOException("tar could not unpack PostgreSQL into " + target);
      }
    } finally {
      tar.destroyForcibly();
    }
  }

  private static InputStream archive() throws IOException {
    String os = System.getProperty("os.name").replaceAll(" .*", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").replace("amd64", "x86_64");
    String name = "/postgres-" + os + "-" + arch + ".txz";
    InputStream packed = PostgresBinaries.class.getResourceAsStream(name);
    if (packed == null) {
      throw new IOException("no PostgreSQL for this platform on the class path: " + name);
    }
    return new XZInputStream(packed);
  }
}
