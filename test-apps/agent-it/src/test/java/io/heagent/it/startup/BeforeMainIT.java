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

  @Test
  void loggingManagementAndRecorderAreNotLoaded() throws Exception {
    try (AgentJar nothing = AgentJar.of(NothingAgent.class)) {
      Set<String> empty = loadedBeforeMain(lab.plain().agent(nothing.path(), ""));
      Set<String> ours = loadedBeforeMain(lab.agent(""));
      assertTrue(empty.contains(NothingAgent.class.getName()), empty::toString);
      assertTrue(ours.contains("io.heagent.agent.connect.FirstConnect"), ours::toString);
      assertTrue(ours.contains("sun.nio.ch.HeHook"), ours::toString);
      Set<String> touched = new TreeSet<>(ours);
      touched.removeAll(empty);
      touched.removeIf(name -> UNTOUCHED.stream().noneMatch(name::startsWith));
      assertEquals(Set.of(), touched);
    }
  }

  private static Set<String> loadedBeforeMain(ForkedJvm jvm) throws Exception {
    try (TempDirectory directory = TempDirectory.create("log")) {
      Path log = directory.path().resolve("log");
      dial(jvm.flags("-Xlog:class+load:file=" + log + ":none"));
      Set<String> loaded = new LinkedHashSet<>();
      for (String line : Files.readAllLines(log)) {
        String name = line.split(" ", 2)[0];
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
