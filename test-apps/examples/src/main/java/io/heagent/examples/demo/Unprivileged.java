package io.heagent.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root: for root its processes run as nobody, by setpriv or runuser.
 */
final class Unprivileged {
  private static final int NOBODY = 65_534;
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private Unprivileged() {}

  /** What to put before a command. */
  static List<String> prefix() throws IOException {
    if (!ROOT) {
      return List.of();
    }
    if (isInstalled("setpriv")) {
      return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }
    if (isInstalled("runuser")) {
      return List.of("runuser", "-u", "nobody", "--");
    }
    throw new IOException("PostgreSQL can't run as root, and neither setpriv nor runuser is here");
  }

  /** Gives a file or directory to the user that {@link #prefix()} switches to. */
  static void own(Path path) throws IOException {
    if (ROOT) {
      Files.setAttribute(path, "unix:uid", NOBODY);
      Files.setAttribute(path, "unix:gid", NOBODY);
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
