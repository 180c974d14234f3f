package io.heagent.agent.command;

import io.heagent.agent.config.Layers;
import io.heagent.agent.control.Answer;
import io.heagent.agent.control.Request;
import io.heagent.engine.report.OneLine;
import java.io.File;
import java.io.PrintStream;
import java.util.List;

/** The commands {@code attach}, {@code status}, {@code set}, {@code detach} and {@code list}. */
public final class JvmCommand {

  /** The commands, in the order of the usage text. */
  public static final List<String> ALL =
      List.of("list", Request.ATTACH, Request.STATUS, Request.SET, Request.DETACH);

  private static final int DONE = 0;
  private static final int NOT_DONE = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final File jar;

  JvmCommand(PrintStream out, PrintStream err, File jar) {
    this.out = out;
    this.err = err;
    this.jar = jar;
  }

  /**
   * Runs a command on the streams of this process.
   *
   * @param command one of {@link #ALL}
   * @param arguments the arguments after it
   * @return the exit code
   */
  public static int run(String command, List<String> arguments) {
    JvmCommand run = new JvmCommand(System.out, System.err, OwnJar.file());
    try {
      return run.command(command, arguments);
    } catch (NoClassDefFoundError noModule) {
      run.complain(
          command, "this Java has no module jdk.attach, which it needs: use that of a JDK");
      return NOT_DONE;
    }
  }

  int command(String command, List<String> arguments) {
    if (command.equals("list")) {
      return arguments.isEmpty()
          ? list()
          : wrong(command, "takes no arguments, not " + String.join(" ", arguments));
    }
    String pid = arguments.isEmpty() ? "" : arguments.get(0);
    if (!pid.matches("[0-9]{1,10}")) {
      return wrong(command, pid.isEmpty() ? "of which JVM? It needs a process id" : notPid(pid));
    }
    List<String> rest = arguments.subList(1, arguments.size());
    String mistake = mistake(command, rest);
    if (mistake != null) {
      return wrong(command, mistake);
    }
    return ask(command, pid, rest);
  }

  private static String notPid(String given) {
    return given + " is no process id; list shows them";
  }

  /** What is wrong with the arguments after the process id; null for nothing. */
  private static String mistake(String command, List<String> rest) {
    if (command.equals(Request.ATTACH)) {
      try {
        Layers.check(rest);
        return null;
      } catch (IllegalArgumentException notAllowed) {
        return notAllowed.getMessage() + "; nothing was attached";
      }
    } else if (command.equals(Request.SET)) {
      return rest.isEmpty() ? "which setting? set PID SETTING=VALUE..." : null;
    }
    return rest.isEmpty() ? null : "takes a process id only, not " + String.join(" ", rest);
  }

  private int ask(String command, String pid, List<String> rest) {
    Answer answer;
    try (Jvm jvm = Jvm.attach(pid)) {
      answer = jvm.ask(jar, command, rest);
    } catch (CannotAsk why) {
      complain(command, pid + " " + why.getMessage());
      return NOT_DONE;
    }
    return print(command, pid, answer);
  }

  /** Prints an answer. The exit code is the answer's. */
  int print(String command, String pid, Answer answer) {
    if (answer.exit() == DONE) {
      // A line of a JVM of another user must not be able to act on this user's terminal.
      for (String line : answer.text().split("\n", -1)) {
        out.println(OneLine.of(line));
      }
    } else {
      complain(command, OneLine.of(pid + ": " + answer.text()));
    }
    return answer.exit();
  }

  private int list() {
    JvmList.lines().forEach(out::println);
    return DONE;
  }

  private int wrong(String command, String why) {
    complain(command, OneLine.of(why));
    return WRONG_ARGUMENTS;
  }

  private void complain(String command, String why) {
    err.println("[he-agent] " + command + ": " + why);
  }
}
