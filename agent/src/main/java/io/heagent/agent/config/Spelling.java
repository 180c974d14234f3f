package io.heagent.agent.config;

/** Which setting was meant by a name that is none. */
final class Spelling {

  /** What people call {@code except} elsewhere. */
  private static final String[] EXCLUDE = {"exclude", "exclusions"};

  /** How names begin in the environment and among the properties. */
  private static final String[] PREFIXES = {"heagent-", "he-agent-"};

  /** Longer than any name that could be a misspelling; bounds the work. */
  private static final int LONGEST = 40;

  private Spelling() {}

  /**
   * The setting whose name is nearest to this one.
   *
   * @return null where none is near
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
    // One slip in three letters; of a short name more would be another word.
    return least <= Math.max(1, name.length() / 3) && least < name.length() ? nearest : null;
  }

  /** What people call {@code enabled=false} elsewhere. */
  static boolean isDisabled(String given) {
    String name = plain(given);
    return name.equals("disabled") || name.equals("disable");
  }

  /** All hosts but these: the opposite of the name that is nearest to it. */
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

  /** How many letters are added, left out, exchanged for another or with their neighbour. */
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
