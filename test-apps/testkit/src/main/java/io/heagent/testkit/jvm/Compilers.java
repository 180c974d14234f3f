package io.heagent.testkit.jvm;

import java.util.List;

/**
 * The compilers that the forked JVMs of a test run have. Most of these JVMs live for a second, a
 * fifth of whose processor time C2 would take for code that hardly runs afterwards. So a run may
 * leave C2 out, {@code -Dheagent.c2=false}; a JVM that runs long enough to be compiled well asks
 * for it all the same.
 */
public final class Compilers {

  /** For a JVM or a tool of the JDK that ends within seconds, whatever the run says. */
  public static final String WITHOUT_C2 = "-XX:TieredStopAtLevel=1";

  /** Also for a JVM that has been given {@link #ofThisRun} before. */
  static final String WITH_C2 = "-XX:TieredStopAtLevel=4";

  private static final List<String> OF_THIS_RUN =
      Boolean.parseBoolean(System.getProperty("heagent.c2", "true"))
          ? List.of()
          : List.of(WITHOUT_C2);

  private Compilers() {}

  /** The flags for each JVM. Those that a test gives come after them, and count. */
  static List<String> ofThisRun() {
    return OF_THIS_RUN;
  }
}
