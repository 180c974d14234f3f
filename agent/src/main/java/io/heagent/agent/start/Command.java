package io.heagent.agent.start;

import io.heagent.agent.check.Check;
import io.heagent.agent.jdk.PreparedPatches;
import java.io.IOException;
import java.util.List;

/** The command line of the jar. It is a class of its own, because a start does not need it. */
final class Command {

  private Command() {}

  /**
   * Runs a command, or prints version, usage and settings if there is none.
   *
   * @return the exit code
   */
  static int run(String[] arguments) {
    String command = arguments.length == 0 ? "" : arguments[0];
    if (command.equals("check")) {
      return Check.run(List.of(arguments).subList(1, arguments.length));
    } else if (command.equals("settings")) {
      System.out.print(SettingsDocument.text());
      return 0;
    } else if (command.equals("prepare")) {
      return prepare(arguments.length > 1 ? arguments[1] : null);
    }
    System.out.println(Usage.text());
    return 0;
  }

  /**
   * The build of a container image calls this, so it returns an exit code that stops the build if
   * it fails.
   */
  private static int prepare(String directory) {
    try {
      System.out.println(PreparedPatches.write(directory));
      return 0;
    } catch (IOException | RuntimeException e) {
      System.err.println("[he-agent] cannot prepare this JDK: " + e);
      return 1;
    }
  }
}
