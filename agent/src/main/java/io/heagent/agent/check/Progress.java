package io.heagent.agent.check;

import java.io.PrintStream;

/**
 * One line on a terminal that says what is under way and is written over by the next. Any thread;
 * this object's monitor keeps the lines apart.
 */
final class Progress {

  private static final String TO_LINE_START = "\r\u001b[K";

  private final PrintStream out;
  private final boolean shown;
  private final int width;

  /**
   * @param shown false where nobody looks at it
   * @param width of the terminal in columns
   */
  Progress(PrintStream out, boolean shown, int width) {
    this.out = out;
    this.shown = shown;
    this.width = width;
  }

  synchronized void show(String text) {
    if (shown) {
      String line = text.substring(0, Math.min(text.length(), width - 1));
      out.print(TO_LINE_START + line);
      out.flush();
    }
  }

  /** Leaves an empty line to whoever prints next. */
  synchronized void clear() {
    show("");
  }
}
