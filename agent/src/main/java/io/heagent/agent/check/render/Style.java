package io.heagent.agent.check.render;

import io.heagent.engine.core.Outcome;

/**
 * What a terminal can show.
 *
 * @param width the width in columns
 * @param colour whether it knows the ANSI colours
 * @param unicode whether it has lines and dots beyond ASCII
 */
public record Style(int width, boolean colour, boolean unicode) {

  private static final String END = "\u001b[0m";
  private static final String BOLD = "1";
  private static final String DIM = "2";
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String CYAN = "36";

  private static final int NARROWEST = 40;

  /** Takes a terminal of fewer than 40 columns for one of 40 columns. */
  public Style {
    width = Math.max(NARROWEST, width);
  }

  String bold(String text) {
    return painted(text, BOLD);
  }

  String dim(String text) {
    return painted(text, DIM);
  }

  String lookup(String text) {
    return painted(text, CYAN);
  }

  /** Gives a text the colour of an attempt's outcome. */
  String outcome(String text, Outcome outcome) {
    if (outcome == Outcome.WON) {
      return painted(text, GREEN);
    }
    return painted(text, outcome == Outcome.FAILED ? RED : DIM);
  }

  private String painted(String text, String code) {
    return colour && !text.isBlank() ? "\u001b[" + code + "m" + text + END : text;
  }

  char lookupLine() {
    return unicode ? '\u2504' : '-';
  }

  char attemptLine() {
    return unicode ? '\u2501' : '=';
  }

  /** The character in the last column of a look-up. */
  char end(boolean answered) {
    return answered ? given() : failed();
  }

  /** The character in the last column of an attempt. */
  char end(Outcome outcome) {
    if (outcome == Outcome.WON) {
      return unicode ? '\u25cf' : '*';
    }
    return outcome == Outcome.FAILED ? failed() : given();
  }

  private char failed() {
    return unicode ? '\u2717' : 'x';
  }

  private char given() {
    return unicode ? '\u2524' : '|';
  }
}
