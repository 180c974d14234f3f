package io.heagent.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whose requests a JVM obeys: root's and those of its own user, as the JDK's attaching does. The
 * path alone proves nothing. It may come long after the command has given up, and whoever has seen
 * the name by then may have put something of his own there. Elsewhere than on Linux the directory
 * for temporary files is the user's own.
 */
final class Sender {

  private static final Path OWN = Path.of("/proc/self");

  private static final int ROOT = 0;

  /** The bits of a file's mode that let its group or anybody write. */
  private static final int OTHERS_WRITE = 0022;

  private static final int KIND = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int FILE = 0100000;

  private Sender() {}

  /**
   * Looks at the file of a request, and at its directory first: what is in there stays what it is
   * only if nobody else can write the directory.
   *
   * @throws IOException if it may be anybody else's
   */
  static void check(Path request) throws IOException {
    if (Files.isDirectory(OWN)) {
      check(request.toAbsolutePath().getParent(), DIRECTORY);
      check(request, FILE);
    }
  }

  private static void check(Path path, int kind) throws IOException {
    Map<String, Object> is = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) is.get("mode");
    Object user = is.get("uid");
    String why = null;
    if ((mode & KIND) != kind) {
      why = "it is a link or of another kind";
    } else if ((mode & OTHERS_WRITE) != 0) {
      why = "others may write it";
    } else if (!user.equals(ROOT) && !user.equals(Files.getAttribute(OWN, "unix:uid"))) {
      why = "it is user " + user + "'s";
    }
    if (why != null) {
      throw new IOException(path + " is not obeyed: " + why);
    }
  }
}
