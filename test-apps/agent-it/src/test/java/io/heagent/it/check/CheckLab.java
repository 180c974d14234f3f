package io.heagent.it.check;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.Command;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.JdkHomes;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hosts that {@code docs/check.md} checks, and the command to check them with. */
final class CheckLab implements Closeable {
  private final AgentLab lab;

  private CheckLab(AgentLab lab) {
    this.lab = lab;
  }

  static CheckLab open() throws IOException {
    String good = Service.TALK.address();
    AgentLab lab = AgentLab.talk();
    try {
      lab.with("www.test", AgentLab.DEAD.get(0), good, AgentLab.SECOND)
          .with("api.test", AgentLab.REFUSED.get(0), good)
          .with("shop.test", AgentLab.DEAD.get(0), AgentLab.REFUSED.get(0), good)
          .with("down.test", AgentLab.DEAD.toArray(String[]::new))
          .with("one.test", good);
      return new CheckLab(lab);
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /** How many connections the good host has accepted so far. */
  int accepted() {
    return lab.accepted();
  }

  /** Runs the command with arguments as the document writes them. */
  Outcome check(List<String> arguments) throws IOException, InterruptedException {
    return check("", List.of(), arguments);
  }

  /**
   * The same in another JVM.
   *
   * @param toolOptions the value of JAVA_TOOL_OPTIONS; empty for none
   * @param flags of the JVM
   */
  Outcome check(String toolOptions, List<String> flags, List<String> arguments)
      throws IOException, InterruptedException {
    return Command.run(toolOptions, "java", command(flags, arguments).toArray(String[]::new));
  }

  private List<String> command(List<String> flags, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(lab.hosts().flag(), "-Dstdout.encoding=UTF-8"));
    command.addAll(flags);
    command.addAll(List.of("-jar", AgentLab.JAR.toString(), "check"));
    for (String argument : arguments) {
      command.add(argument.replaceFirst(":" + PrintedCheck.PORT + "$", ":" + lab.port()));
    }
    return command;
  }

  /** Whether this machine has the program that makes a terminal. */
  static boolean hasTerminal() throws InterruptedException {
    try {
      Process asked = new ProcessBuilder("script", "--version").start();
      String version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return asked.waitFor() == 0 && version.contains("util-linux");
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  /**
   * Runs the command on a terminal, and returns what that has shown.
   *
   * @param type the value of TERM
   * @param redirect of the shell; empty for none
   */
  String onTerminal(String type, int columns, String redirect, List<String> arguments)
      throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder("stty cols " + columns + " rows 30; ");
    line.append('\'').append(JdkHomes.current().java()).append('\'');
    for (String word : command(List.of(), arguments)) {
      line.append(" '").append(word).append('\'');
    }
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qec", line + " " + redirect, "/dev/null")
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.endsWith("_OPTIONS"));
    environment.keySet().removeAll(List.of("COLUMNS", "NO_COLOR"));
    environment.put("TERM", type);
    environment.put("SHELL", "/bin/sh");
    Process process = builder.start();
    try {
      String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return shown;
    } finally {
      process.destroyForcibly();
    }
  }

  /** What {@link PrintedCheck} compares. */
  List<String> form(String text) {
    return PrintedCheck.form(text, lab.port());
  }

  @Override
  public void close() throws IOException {
    lab.close();
  }
}
