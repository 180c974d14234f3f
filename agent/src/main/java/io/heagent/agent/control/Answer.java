package io.heagent.agent.control;

/**
 * What a command is answered. As lines: the exit code of the command, and the text for people.
 *
 * @param exit the exit code
 * @param text one or more lines
 */
public record Answer(int exit, String text) {

  private static final int DONE = 0;
  private static final int NOT_DONE = 1;
  private static final int WRONG_ARGUMENTS = 2;
  private static final int BROKEN = 3;

  /** There is nobody to answer. */
  public static final Answer NO_AGENT = new Answer(NOT_DONE, "no agent is in this JVM");

  /** The command was carried out. */
  static Answer done(String text) {
    return new Answer(DONE, text);
  }

  /** The command was not carried out, and nothing has changed. */
  public static Answer refused(String why) {
    return new Answer(NOT_DONE, why);
  }

  /** The arguments are not allowed, and nothing has changed. */
  static Answer wrong(String why) {
    return new Answer(WRONG_ARGUMENTS, why);
  }

  /** The command has failed by a fault of the agent. */
  public static Answer failed(String how) {
    return new Answer(BROKEN, how);
  }

  /** Reads {@link #lines}. */
  public static Answer parse(String lines) {
    int end = lines.indexOf('\n');
    return end < 0 || !lines.substring(0, end).matches("\\d")
        ? failed("the answer is not understood: " + lines)
        : new Answer(Integer.parseInt(lines.substring(0, end)), lines.substring(end + 1));
  }

  /** The answer as lines. */
  public String lines() {
    return exit + "\n" + text;
  }
}
