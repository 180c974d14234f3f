package io.heagent.agent.check;

import java.util.Set;

/** The usage of {@code check}. */
final class CheckHelp {

  private static final Set<String> WITH_VALUE =
      Set.of(
          "--delay",
          "--order",
          "--family",
          "--resolve",
          "--timeout",
          "--repeat",
          "--settings",
          "--svg");

  static final String TEXT =
      """
      usage: java -jar he-agent.jar check [OPTION...] HOST[:PORT]...

      Looks the hosts up, races their addresses as the agent would, and shows the race, what the JDK
      alone would have done, and which addresses were left out and why. The port is 443 where none
      is given. Each connection is closed at once; nothing is sent on it.

        --delay DELAY      as the agent's setting: 10ms to 2s, or off
        --order ORDER      as the agent's setting: jdk or rfc6724
        --family FAMILY    only these addresses: 4, 6 or any (default any)
        --resolve RESOLVE  as the agent's setting: jdk, or fast for a look-up of each family
        --timeout TIME     of one race, look-up included: 1ms to 600s (default 5s)
        --repeat N         N rounds, 1 to 1000, each with a look-up of its own; a table of all
        --settings LIST    agent arguments to check with, as behind -javaagent:he-agent.jar=
        --svg FILE         draws the race into this file
        --json             prints JSON in place of text
        --help             prints this

      Options win over settings; those come from --settings, system properties (heagent.delay) and
      environment variables (HEAGENT_DELAY), as they do for the agent. Colours are used on a
      terminal, unless NO_COLOR is set.

      exit code  0  each host was reached in each round
                 1  some host was not: no address answered, or there is none
                 2  the arguments are wrong; nothing was looked up
                 3  the check itself failed: a file could not be written, or Java is too old""";

  private CheckHelp() {}

  static boolean takesValue(String option) {
    return WITH_VALUE.contains(option);
  }
}
