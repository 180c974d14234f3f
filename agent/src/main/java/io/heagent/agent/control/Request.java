package io.heagent.agent.control;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody asks of a JVM by the command line. It goes there as a file, because an argument of
 * an attached agent may have some hundred characters only. The lines of the file are the path of
 * the asking jar, the command, and its arguments. The answer goes into a second file beside it,
 * which the asking process has made, so that nobody else can read or replace it.
 *
 * @param command one of the words below
 * @param arguments without line ends
 * @param answer where the answer goes
 */
public record Request(String command, List<String> arguments, Path answer) {

  /** The agent is to get into the JVM; the arguments are settings. */
  public static final String ATTACH = "attach";

  /** What the agent is, obeys and does. */
  public static final String STATUS = "status";

  /** Its version, and whether it races. */
  public static final String VERSION = "version";

  /** The arguments are settings that change. */
  public static final String SET = "set";

  /** The agent is to leave the JVM. */
  public static final String DETACH = "detach";

  /** The name of the file of the request. */
  public static final String FILE = "request";

  /** The name of the file beside it that takes the answer. */
  public static final String ANSWER = "answer";

  /** The lines of the file. */
  public static List<String> lines(File jar, String command, List<String> arguments) {
    List<String> lines = new ArrayList<>();
    lines.add(jar.getPath());
    lines.add(command);
    for (String argument : arguments) {
      lines.add(argument.replaceAll("\\R", " "));
    }
    return lines;
  }

  /**
   * Reads the file.
   *
   * @throws IOException also if it may be from somebody who has no right to ask
   */
  public static Request read(String path) throws IOException {
    Path file = Path.of(path);
    Sender.check(file);
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2) {
      throw new IOException(path + " is no request");
    }
    return new Request(lines.get(1), lines.subList(2, lines.size()), file.resolveSibling(ANSWER));
  }

  /** The lines that an agent answers: the command and its arguments. */
  public String lines() {
    List<String> lines = new ArrayList<>();
    lines.add(command);
    lines.addAll(arguments);
    return String.join("\n", lines);
  }

  /** Writes the answer into the file that the asking process has made, and into no other. */
  public void write(Answer given) throws IOException {
    Files.write(
        answer,
        given.lines().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING,
        LinkOption.NOFOLLOW_LINKS);
  }
}
