package io.heagent.it.costs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.AgentJar;
import io.heagent.it.startup.Dial;
import io.heagent.it.startup.NothingAgent;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Hello;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many classes a JVM loads that it does not load with an agent that does nothing, the JDK's own
 * among them: what a start costs is mostly their number. {@code FirstRaceIT} counts those of a
 * race.
 */
@Tag("jvm")
class LoadedClassesIT extends StartCase {
  private static final Pattern LOADED = Pattern.compile("(\\S+) (?:\\(.*\\) )?source: .*");

  /**
   * What is costly in a start, however few classes of it are loaded: libraries that the JVM has not
   * used yet, and what leads to a file system or a look-up of names.
   */
  private static final List<String> COSTLY =
      List.of(
          "java.util.regex.",
          "java.util.stream.",
          "java.nio.file.",
          "java.net.Inet4AddressImpl",
          "java.net.Inet6AddressImpl",
          "java.lang.classfile.",
          "jdk.internal.classfile.",
          "jdk.internal.org.objectweb.asm.");

  private static final String LAMBDA = "$$Lambda";

  /**
   * No more than the programs and the agent that does nothing. That one's class is found in here,
   * but he-agent's in its own jar, after all of the class path: for each jar in between the JDK
   * would load more in one start than in the other, for one of several releases a lambda as well.
   */
  private static final String CLASS_PATH =
      place(NothingAgent.class) + File.pathSeparator + place(Hello.class);

  @Test
  void nothingCostlyIsUsedBeforeAProgramBegins() throws Exception {
    Set<String> ours = loadedByUs(Hello.class);
    ours.removeIf(name -> !name.contains(LAMBDA) && COSTLY.stream().noneMatch(name::startsWith));
    assertEquals(Set.of(), ours);
  }

  @Test
  void ofAProgramWithoutASocket() throws Exception {
    check(CostLimits.CLASSES_NO_SOCKET, Hello.class);
  }

  @Test
  void ofAProgramWithOneSocket() throws Exception {
    String host = Scenario.GOOD_FIRST.host(Service.TALK);
    check(CostLimits.CLASSES_ONE_SOCKET, Dial.class, host, port());
  }

  private static Path place(Class<?> of) {
    return Path.of(URI.create(of.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static void check(CostLimits limit, Class<?> program, String... arguments)
      throws Exception {
    Set<String> ours = loadedByUs(program, arguments);
    assertTrue(
        ours.size() <= limit.most(),
        () -> ours.size() + " of at most " + limit.most() + ": " + ours);
    assertTrue(
        ours.size() >= limit.most() * 3 / 4,
        () -> "lower the limit, " + limit.most() + ": they are " + ours.size());
  }

  private static Set<String> loadedByUs(Class<?> program, String... arguments) throws Exception {
    Set<String> ours;
    try (AgentJar nothing = AgentJar.of(NothingAgent.class)) {
      ours = loaded(lab.agent(""), program, arguments);
      ours.removeAll(loaded(lab.plain().agent(nothing.path(), ""), program, arguments));
    }
    assumeFalse(
        ours.stream().anyMatch(name -> name.startsWith("io.heagent.agent.bytebuddy.")),
        "there are no patches for this JDK");
    return ours;
  }

  private static Set<String> loaded(ForkedJvm jvm, Class<?> program, String... arguments)
      throws Exception {
    try (TempDirectory directory = TempDirectory.create("classes")) {
      Path log = directory.path().resolve("log");
      ForkedJvm.Outcome outcome =
          jvm.classPath(CLASS_PATH)
              .flags("-Xlog:class+load:file=" + log + ":none")
              .run(program, arguments);
      assertEquals(0, outcome.exitCode(), outcome::stderr);
      Set<String> names = new TreeSet<>();
      for (String line : Files.readAllLines(log)) {
        Matcher matcher = LOADED.matcher(line);
        if (matcher.matches()) {
          // What the JVM makes has a number or an address in its name.
          names.add(matcher.group(1).replaceFirst("(?<=\\$\\$Lambda).+|/0x.*|\\+0x.*", ""));
        }
      }
      return names;
    }
  }
}
