package io.heagent.it.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Has one JVM see other files of {@code /etc} that say how the system looks names up: each is
 * mounted over the system's in a mount namespace of that JVM. Works inside a network namespace.
 */
public final class NameServiceFiles {
  private static final List<String> NAMES = List.of("resolv.conf", "hosts", "nsswitch.conf");

  private NameServiceFiles() {}

  /** The command to run the JVM under. The directory has those of these files that it is to see. */
  public static String[] from(Path directory) {
    StringBuilder mounts = new StringBuilder();
    for (String name : NAMES) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        mounts.append("mount --bind ").append(file).append(" /etc/").append(name).append(" && ");
      }
    }
    List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c"));
    command.add(mounts + "exec \"$@\"");
    command.add("sh");
    return command.toArray(new String[0]);
  }
}
