package io.heagent.agent.check;

import java.io.PrintStream;

/**
 * One line on a terminal that shows what is under way; the next line overwrites it. Any thread;
 * this object's monitor keeps two threads from mixing their lines.
 */
final class Progress {

  private static final String TO_LINE_START = "\r\u001b[K";

  private final PrintStream out;
  private final boolean shown;
  private final int width;

  /** Whether there is anything to clear. */
  private boolean written;

  /**
   * Shows progress on a terminal.
   *
   * @param shown false if nobody looks at the output
   * @param width the width of the terminal in columns
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
      written = true;
    }
  }

  /** Clears the line for other output. */
  synchronized void clear() {
    if (written) {
      show("");
      written = false;
    }
  }
}
