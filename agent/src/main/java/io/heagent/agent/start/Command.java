package io.heagent.agent.start;

import io.heagent.agent.check.Check;
import io.heagent.agent.command.JvmCommand;
import io.heagent.agent.command.SettingsDocument;
import io.heagent.agent.jdk.PreparedPatches;
import io.heagent.engine.report.OneLine;
import java.io.IOException;
import java.util.List;
import java.util.function.IntSupplier;

/** The command line of the jar. It is a class of its own, because a start does not need it. */
final class Command {

  private static final int WRONG_ARGUMENTS = 2;
  private static final int BROKEN = 3;

  private static final List<String> HELP = List.of("help", "--help", "-help", "-h", "-?");

  private Command() {}

  /**
   * Runs a command; prints version, usage and settings if there is none, or for help.
   *
   * @return the exit code
   */
  static int run(String[] arguments) {
    String command = arguments.length == 0 ? "help" : arguments[0];
    List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    return run(command, () -> run(command, rest));
  }

  /** Runs a command. If it fails, one line says so, and the exit code is that of a failure. */
  static int run(String command, IntSupplier body) {
    try {
      return body.getAsInt();
    } catch (RuntimeException | Error unexpected) {
      System.err.println("[he-agent] " + OneLine.of(command + ": has failed: " + unexpected));
      return BROKEN;
    }
  }

  private static int run(String command, List<String> rest) {
    if (command.equals("check")) {
      return Check.run(rest);
    } else if (command.equals("settings")) {
      return settings(rest);
    } else if (command.equals("prepare")) {
      return prepare(rest);
    } else if (JvmCommand.ALL.contains(command)) {
      return JvmCommand.run(command, rest);
    } else if (HELP.contains(command)) {
      System.out.println(Usage.text());
      return 0;
    }
    return wrong(
        "there is no command \""
            + command
            + "\", only check, settings, prepare, "
            + String.join(", ", JvmCommand.ALL)
            + " and help");
  }

  private static int wrong(String why) {
    System.err.println("[he-agent] " + OneLine.of(why));
    return WRONG_ARGUMENTS;
  }

  private static int settings(List<String> rest) {
    if (!rest.isEmpty()) {
      return wrong("settings: takes no arguments, not " + String.join(" ", rest));
    }
    System.out.print(SettingsDocument.text());
    return 0;
  }

  /**
   * The build of a container image calls this, so it returns an exit code that stops the build if
   * it fails.
   */
  private static int prepare(List<String> rest) {
    if (rest.size() > 1 || (rest.size() == 1 && rest.get(0).startsWith("-"))) {
      return wrong("prepare: takes a directory at most, not " + String.join(" ", rest));
    }
    try {
      System.out.println(PreparedPatches.write(rest.isEmpty() ? null : rest.get(0)));
      return 0;
    } catch (IOException | RuntimeException e) {
      System.err.println("[he-agent] " + OneLine.of("cannot prepare this JDK: " + e));
      return 1;
    }
  }
}
