package io.heagent.testkit.jvm.beside;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is in every forked JVM of a test run, whatever the test puts there: {@code
 * -Dheagent.beside=WORD,WORD,...}, in the order in which the JVM gets it. A word is a {@link
 * KnownAgent}, {@code OURS} for all flags that a test gives, or {@code PROGRAM} for a LogManager
 * and an MBeanServerBuilder that the program has named. So the tests of behaviour, as they are,
 * tell whether the agent works there too. Without the property nothing is added.
 */
public final class Beside {
  private static final String OURS = "OURS";
  private static final String PROGRAM = "PROGRAM";
  private static final Beside OF_THIS_RUN = new Beside(System.getProperty("heagent.beside", ""));

  /**
   * What the JVM and others print about others: no word of the program or of the agent. BlockHound
   * looks for the integrations of the program's libraries, whose loggers complain then, and its
   * Byte Buddy cannot read classes that OpenTelemetry has changed, with stack traces.
   */
  private static final Pattern NOT_OURS =
      Pattern.compile(
          "(?m)^(?:OpenJDK 64-Bit Server VM warning: (?:Sharing is only supported for boot loader"
              + " classes|Option AllowRedefinitionToAddDeleteMethods was deprecated) .*"
              + "|SLF4J: .*"
              + "|WARNING: (?:A terminally deprecated method in sun\\.misc\\.Unsafe has been called"
              + "|sun\\.misc\\.Unsafe::\\S+ .*"
              + "|Please consider reporting this to the maintainers of .*)"
              + "|\\[Byte Buddy\\] ERROR .*\\R\\S+ .*(?:\\R\\tat .*)*)\\R");

  private final List<String> before = new ArrayList<>();
  private final List<String> after = new ArrayList<>();
  private final boolean ownProgram;

  Beside(String words) {
    List<String> flags = before;
    boolean program = false;
    for (String word : words.isEmpty() ? List.<String>of() : List.of(words.split(",", -1))) {
      if (word.equals(OURS)) {
        flags = after;
      } else if (word.equals(PROGRAM)) {
        program = true;
        flags.add("-Djava.util.logging.manager=" + OwnLogManager.class.getName());
        flags.add("-Djavax.management.builder.initial=" + OwnBeanServerBuilder.class.getName());
      } else {
        KnownAgent agent = KnownAgent.valueOf(word.toUpperCase(Locale.ROOT));
        flags.addAll(agent.flags);
        if (agent.slow) {
          // Half of its start is compiling.
          flags.add("-XX:TieredStopAtLevel=1");
        }
        flags.add(agent.flag());
      }
    }
    ownProgram = program;
  }

  /** As this run's property says. */
  public static Beside ofThisRun() {
    return OF_THIS_RUN;
  }

  public boolean isNobody() {
    return before.isEmpty() && after.isEmpty();
  }

  /** The flags of a JVM to which a test gives these. */
  public List<String> around(List<String> flags) {
    List<String> all = new ArrayList<>(before);
    all.addAll(flags);
    all.addAll(after);
    return all;
  }

  /** The class path of a JVM to which a test gives this one. */
  public String classPath(String given) {
    return ownProgram ? given + File.pathSeparator + own() : given;
  }

  /** What a JVM has printed, less what it says of the others. */
  public String withoutTheirs(String printed) {
    return isNobody() ? printed : NOT_OURS.matcher(printed).replaceAll("");
  }

  private static Path own() {
    try {
      return Path.of(
          OwnLogManager.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
