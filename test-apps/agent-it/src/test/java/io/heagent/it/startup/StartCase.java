package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;

/**
 * Runs small programs that connect to a name whose first address refuses and whose second is good:
 * a plain JVM fails there at once, a raced connect does not.
 */
public abstract class StartCase {
  public static final String REFUSED_FIRST = Scenario.REFUSED_FIRST.host(Service.TALK);

  /** What {@link Dial} says of a raced connect. */
  public static final String RACED = "connected to " + Service.TALK.address();

  /** What it says in a plain JVM. */
  public static final String PLAIN = "failed with ConnectException";

  public static final AgentLab lab = AgentLab.shared();

  protected static String port() {
    return Integer.toString(lab.port());
  }

  protected static ForkedJvm.Outcome dial(ForkedJvm jvm) throws Exception {
    return jvm.run(Dial.class, REFUSED_FIRST, port());
  }

  protected static ForkedJvm.Outcome dialAll(ForkedJvm jvm, Scenario scenario) throws Exception {
    return jvm.run(DialAll.class, scenario.host(Service.TALK), port());
  }

  /** The output of {@link DialAll} when it ends this way each time. */
  public static String all(String outcome) {
    StringBuilder text = new StringBuilder();
    for (DialAll.Way way : DialAll.Way.values()) {
      text.append(way).append(' ').append(outcome).append('\n');
    }
    return text.toString();
  }

  /** It has run to its end, said this and nothing else. */
  protected static void assertQuiet(String stdout, ForkedJvm.Outcome outcome) {
    assertEquals("", outcome.stderr());
    assertEquals(stdout, outcome.stdout());
    assertEquals(0, outcome.exitCode());
  }

  /** It has run to its end and said this; all of standard error is lines of the agent's. */
  protected static List<String> linesBeside(String stdout, ForkedJvm.Outcome outcome) {
    assertEquals(stdout, outcome.stdout(), outcome::stderr);
    assertEquals(0, outcome.exitCode());
    List<String> lines = outcome.stderr().lines().toList();
    lines.forEach(line -> assertEquals("[he-agent] ", line.substring(0, 11), outcome.stderr()));
    return lines;
  }
}
