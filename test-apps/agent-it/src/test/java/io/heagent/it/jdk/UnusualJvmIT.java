package io.heagent.it.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs whose networking is set up in another way than usual. */
@Tag("jvm")
@Tag("beside-others")
class UnusualJvmIT extends StartCase {
  @Test
  @Tag("one-jdk")
  void withoutTheAgentEveryWayFails() throws Exception {
    assertQuiet(all(PLAIN), dialAll(lab.plain(), Scenario.REFUSED_FIRST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Djava.net.preferIPv4Stack=true", "-Djava.net.preferIPv6Addresses=true"})
  void familyPreference(String flag) throws Exception {
    assertQuiet(all(RACED), dialAll(lab.agent("history=off").flags(flag), Scenario.REFUSED_FIRST));
  }

  @Test
  void ownSelectorProvider() throws Exception {
    raceBySelectorOfTheProgram("dup");
  }

  @Test
  @Tag("one-jdk")
  void ownSelectorProviderWithRedial() throws Exception {
    raceBySelectorOfTheProgram("redial");
  }

  private static void raceBySelectorOfTheProgram(String adoption) throws Exception {
    ForkedJvm jvm =
        lab.agent("delay=100ms,history=off,adoption=" + adoption)
            .flags(
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Djava.nio.channels.spi.SelectorProvider=" + OwnSelectorProvider.class.getName());
    assertQuiet(all(RACED), dialAll(jvm, Scenario.DEAD_FIRST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0"
      })
  void modeOfTheJvm(String flag) throws Exception {
    raceWith(flag);
  }

  /** Nothing that is woven knows where the JVM puts objects. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:TieredStopAtLevel=1",
        "-XX:TieredStopAtLevel=4",
        "-Xshare:off",
        "-XX:-UseCompressedOops",
        "-XX:+UseSerialGC",
        "-XX:+UseParallelGC",
        "-XX:+UseZGC"
      })
  @Tag("one-jdk")
  void compilersAndMemoryOfTheJvm(String flag) throws Exception {
    raceWith(flag);
  }

  private static void raceWith(String flag) throws Exception {
    ForkedJvm jvm = lab.agent("delay=100ms,history=off").flags(flag);
    assertQuiet(all(RACED), dialAll(jvm, Scenario.DEAD_FIRST));
  }

  @Test
  void pollSelectorProvider() throws Exception {
    ForkedJvm jvm =
        lab.agent("delay=100ms,history=off")
            .flags("-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.PollSelectorProvider");
    assertQuiet(all(RACED), dialAll(jvm, Scenario.DEAD_FIRST));
  }

  @Test
  void ownSocketImplIsLeftAlone() throws Exception {
    String[] arguments = {port(), Scenario.GOOD_FIRST.host(Service.TALK), REFUSED_FIRST};
    ForkedJvm.Outcome plain = lab.plain().run(FactoryProbe.class, arguments);
    ForkedJvm.Outcome agent = lab.agent("log=debug").run(FactoryProbe.class, arguments);
    assertEquals(RACED + "\n" + PLAIN + "\n", plain.stdout(), plain::stderr);
    List<String> lines = linesBeside(plain.stdout(), agent);
    assertEquals(3, lines.size(), agent::stderr); // the banner, and a reason for each
    for (String line : lines.subList(1, lines.size())) {
      assertTrue(line.endsWith(" is left alone (literal)"), line);
    }
  }
}
