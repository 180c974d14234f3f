package io.heagent.agent.config;

/** Finds the setting that a misspelt name means. */
final class Spelling {

  /** The words that other programs use for {@code except}. */
  private static final String[] EXCLUDE = {"exclude", "exclusions"};

  /** The beginnings of names in the environment and among properties. */
  private static final String[] PREFIXES = {"heagent-", "he-agent-"};

  /** Longer texts are not compared, to limit the work; no misspelt name is longer. */
  private static final int LONGEST = 40;

  private Spelling() {}

  /**
   * The setting whose name is nearest to the given one.
   *
   * @return null if none is near
   */
  static Setting nearest(String given) {
    String name = plain(given);
    if (isNegation(name)) {
      return Setting.EXCEPT;
    }
    if (name.length() > LONGEST) {
      return null;
    }
    Setting nearest = null;
    int least = Integer.MAX_VALUE;
    for (Setting setting : Setting.values()) {
      int distance = distance(name, setting.text());
      if (distance < least) {
        least = distance;
        nearest = setting;
      }
    }
    for (String other : EXCLUDE) {
      int distance = distance(name, other);
      if (distance < least) {
        least = distance;
        nearest = Setting.EXCEPT;
      }
    }
    // One wrong letter in three is allowed; a short name with more would be another word.
    return least <= Math.max(1, name.length() / 3) && least < name.length() ? nearest : null;
  }

  /** Whether a name is what other programs call {@code enabled=false}. */
  static boolean isDisabled(String given) {
    String name = plain(given);
    return name.equals("disabled") || name.equals("disable");
  }

  /** Whether a name means "all hosts but these", the opposite of the name that is nearest to it. */
  private static boolean isNegation(String name) {
    boolean host = name.contains("host");
    return host
        && (name.indexOf('!') >= 0
            || name.startsWith("no-")
            || name.startsWith("non-")
            || name.startsWith("not-")
            || name.startsWith("except")
            || name.startsWith("exclude"));
  }

  private static String plain(String given) {
    String name = Words.lower(Words.bare(given)).replace('_', '-').replace('.', '-');
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        name = name.substring(prefix.length());
      }
    }
    return name;
  }

  /** The number of letters to insert, remove, replace, or exchange with their neighbour. */
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= to.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      for (int j = 1; j <= to.length(); j++) {
        int other = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        least = Math.min(least, cost[i - 1][j - 1] + other);
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[from.length()][to.length()];
  }
}
