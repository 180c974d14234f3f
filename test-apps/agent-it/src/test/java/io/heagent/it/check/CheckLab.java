package io.heagent.it.check;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.Command;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The hosts that {@code docs/check.md} checks, and the command to check them with. */
final class CheckLab implements Closeable {
  /** The port that the document writes. */
  private static final String WRITTEN_PORT = "8443";

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
    List<String> command = new ArrayList<>(List.of(lab.hosts().flag(), "-Dstdout.encoding=UTF-8"));
    command.addAll(flags);
    command.addAll(List.of("-jar", AgentLab.JAR.toString(), "check"));
    for (String argument : arguments) {
      command.add(argument.replaceFirst(":" + WRITTEN_PORT + "$", ":" + lab.port()));
    }
    return Command.run(toolOptions, "java", command.toArray(String[]::new));
  }

  /** Lines without what differs from run to run: times, the lengths of bars, the port. */
  List<String> form(String text) {
    return text.lines().map(this::formOfLine).toList();
  }

  private String formOfLine(String line) {
    return line.replace(":" + lab.port(), ":" + WRITTEN_PORT)
        .replaceAll("\"port\": \\d+", "\"port\": PORT")
        .replaceAll("illis\": \\d+\\.\\d+", "illis\": N")
        .replaceAll("\\d+(\\.\\d+)?(/\\d+(\\.\\d+)?)*( to \\d+(\\.\\d+)?)? ms", "N ms")
        .replaceAll("^ *ms( +[\\d.]+)+$", "AXIS")
        .replaceAll("no address after N ms \\(.*\\)", "no address after N ms (WHY)")
        .replaceAll("[\u2504\u2501]+", "")
        .replaceAll(" +", " ");
  }

  @Override
  public void close() throws IOException {
    lab.close();
  }
}
