package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When {@code main} begins, the program finds the JVM as it would without the agent. */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
class BeforeMainIT extends StartCase {
  /**
   * If the agent initialised one of these classes, the program could no longer choose what it uses.
   */
  private static final List<String> UNTOUCHED =
      List.of(
          "java.util.logging.",
          "sun.util.logging.",
          "jdk.internal.logger.",
          "javax.management.",
          "java.lang.management.",
          "sun.management.",
          "jdk.jfr.");

  /**
   * Each of these costs every start some milliseconds: whole families of classes that are
   * initialised together, or made at run time; and a look-up of a name may wait for a server.
   */
  private static final List<String> SLOW =
      List.of(
          "java.util.regex.",
          "java.util.stream.",
          "java.nio.file.",
          "java.util.concurrent.ForkJoin",
          "java.net.InetAddress$",
          "io.heagent.agent.bytebuddy.");

  /** A lambda, or what links one or a concatenation of texts. */
  private static final Pattern MADE = Pattern.compile(".*(\\$\\$Lambda|LambdaForm|StringConcat).*");

  private static Set<String> loadedByTheAgentAlone() throws Exception {
    try (AgentJar nothing = AgentJar.of(NothingAgent.class)) {
      Set<String> empty = loadedBeforeMain(lab.plain().agent(nothing.path(), ""));
      Set<String> ours = loadedBeforeMain(lab.agent(""));
      assertTrue(empty.contains(NothingAgent.class.getName()), empty::toString);
      assertTrue(ours.contains("io.heagent.agent.connect.FirstConnect"), ours::toString);
      assertTrue(ours.contains("sun.nio.ch.HeHook"), ours::toString);
      Set<String> alone = new TreeSet<>(ours);
      alone.removeAll(empty);
      return alone;
    }
  }

  @Test
  void loggingManagementAndRecorderAreNotLoaded() throws Exception {
    Set<String> touched = loadedByTheAgentAlone();
    touched.removeIf(name -> UNTOUCHED.stream().noneMatch(name::startsWith));
    assertEquals(Set.of(), touched);
  }

  @Test
  void nothingSlowIsLoaded() throws Exception {
    Set<String> slow = loadedByTheAgentAlone();
    // The JVM looks for the agent's class in each jar of the class path first, and opens for that
    // one
    // with versions of classes. The class of the agent that does nothing is found before.
    slow.remove("java.util.zip.ZipFile$Source$$Lambda");
    slow.removeIf(
        name -> SLOW.stream().noneMatch(name::startsWith) && !MADE.matcher(name).matches());
    assertEquals(Set.of(), slow);
  }

  private static Set<String> loadedBeforeMain(ForkedJvm jvm) throws Exception {
    try (TempDirectory directory = TempDirectory.create("log")) {
      Path log = directory.path().resolve("log");
      dial(jvm.flags("-Xlog:class+load:file=" + log + ":none"));
      Set<String> loaded = new LinkedHashSet<>();
      for (String line : Files.readAllLines(log)) {
        // What is made at run time has its place in memory in its name, in each JVM another one.
        String name = line.split("[ /]", 2)[0];
        if (name.equals(Dial.class.getName())) {
          return loaded;
        }
        loaded.add(name);
      }
      throw new AssertionError("main was never loaded: " + loaded);
    }
  }

  @Test
  void programsChoicesAreHonoured() throws Exception {
    assertQuiet(
        RACED + "\nOwnLogManager\n1 by OwnBeanServerBuilder\n",
        lab.agent("").run(HonouredProbe.class, REFUSED_FIRST, port()));
  }

  @Test
  void agentIsOutOfSight() throws Exception {
    List<String> hidden =
        List.of(
            "io.heagent.agent.connect.ConnectHook",
            "io.heagent.agent.start.Start",
            "io.heagent.engine.core.RaceCore",
            "io.heagent.agent.bytebuddy.ByteBuddy");
    StringBuilder expected = new StringBuilder("io.heagent.agent.HeAgent found\n");
    hidden.forEach(name -> expected.append(name).append(" hidden\n"));
    assertQuiet(
        expected.toString(),
        lab.agent("")
            .run(
                SightProbe.class,
                "io.heagent.agent.HeAgent",
                hidden.get(0),
                hidden.get(1),
                hidden.get(2),
                hidden.get(3)));
  }

  @Test
  void noThreadKeepsTheProgramAlive() throws Exception {
    for (String adoption : List.of("dup", "redial")) {
      assertQuiet(
          "context is system true\n" + all(RACED) + "context is system true\nalive main\n",
          lab.agent("delay=100ms,adoption=" + adoption)
              .run(ThreadsProbe.class, Scenario.DEAD_FIRST.host(Service.TALK), port()));
    }
  }

  @Test
  void nothingIsFoundWithoutTheAgent() throws Exception {
    assertTrue(AgentLab.JAR.toFile().isFile());
    assertQuiet(
        "io.heagent.agent.HeAgent hidden\n",
        lab.plain().run(SightProbe.class, "io.heagent.agent.HeAgent"));
  }
}
