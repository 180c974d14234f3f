package io.heagent.it.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.DialAll;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.Loopback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A socket that the program has bound to an address is raced from that address; one bound to a
 * fixed port is not raced.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk-nightly")
class BindIT extends StartCase {
  private static final String LOCAL = "127.9.4.1";

  @Test
  void fixedPortIsLeftAlone() throws Exception {
    String fixed = Integer.toString(FreePort.on(LOCAL));
    ForkedJvm.Outcome plain = bind(lab.plain(), LOCAL, fixed, Scenario.REFUSED_FIRST);
    ForkedJvm.Outcome agent = bind(lab.agent("log=debug"), LOCAL, fixed, Scenario.REFUSED_FIRST);
    for (BindProbe.Way way : BindProbe.Way.values()) {
      String error = facts(plain, way, REFUSED_FIRST).get("error");
      assertTrue(error.startsWith("java.net.ConnectException"), error);
      assertEquals(error, facts(agent, way, REFUSED_FIRST).get("error"), way::toString);
    }
    List<String> lines = linesBeside(plain.stdout(), agent);
    int ways = BindProbe.Way.values().length;
    assertEquals(1 + ways, lines.size(), lines::toString); // the banner
    for (String line : lines.subList(1, lines.size())) {
      assertTrue(line.endsWith(":" + port() + " is left alone (bound)"), line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void addressWithAnyPortIsTheWinnersToo(String adoption) throws Exception {
    List<Scenario> scenarios = List.of(Scenario.REFUSED_FIRST, Scenario.DEAD_FIRST);
    ForkedJvm.Outcome outcome =
        bind(
            lab.agent("delay=100ms,adoption=" + adoption),
            LOCAL,
            "0",
            scenarios.toArray(Scenario[]::new));
    assertEquals("", outcome.stderr());
    for (Scenario scenario : scenarios) {
      for (BindProbe.Way way : BindProbe.Way.values()) {
        Facts facts = facts(outcome, way, scenario.host(Service.TALK));
        assertEquals(Service.TALK.address(), facts.get("served"), facts::toString);
        assertTrue(facts.get("own").startsWith(LOCAL + " "), facts::toString);
        assertEquals(facts.get("own"), facts.get("seen"), facts::toString);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void wildcardWithAnyPortIsRaced(String adoption) throws Exception {
    ForkedJvm.Outcome outcome =
        bind(
            lab.agent("delay=100ms,history=off,adoption=" + adoption),
            "0.0.0.0",
            "0",
            Scenario.DEAD_REFUSED_GOOD);
    assertEquals("", outcome.stderr());
    for (BindProbe.Way way : BindProbe.Way.values()) {
      Facts facts = facts(outcome, way, Scenario.DEAD_REFUSED_GOOD.host(Service.TALK));
      assertEquals(Service.TALK.address(), facts.get("served"), facts::toString);
      assertEquals(facts.get("own"), facts.get("seen"), facts::toString);
    }
  }

  /**
   * The program has asked which port it was given and may have told others, so the port must stay
   * the same.
   */
  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void aPortThatTheProgramHasAskedForIsKept(String adoption) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(port()));
    for (String local : List.of("0.0.0.0", LOCAL)) {
      for (Scenario scenario : List.of(Scenario.DEAD_FIRST, Scenario.REFUSED_FIRST)) {
        arguments.addAll(List.of(local, scenario.host(Service.TALK)));
      }
    }
    ForkedJvm.Outcome outcome =
        lab.agent("delay=100ms,history=off,adoption=" + adoption)
            .flags(JdkInside.FLAGS)
            .run(PromisedPortProbe.class, arguments.toArray(String[]::new));
    assertEquals("", outcome.stderr());
    Map<String, Facts> all = Facts.parse(outcome.stdout());
    for (int i = 1; i < arguments.size(); i += 2) {
      for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
        Facts facts = all.get(PromisedPortProbe.name(kind, arguments.get(i), arguments.get(i + 1)));
        assertEquals(Service.TALK.address(), facts.get("served"), facts::toString);
        assertEquals(facts.get("promised"), facts.get("own"), facts::toString);
        assertEquals(facts.get("promised"), facts.get("seen"), facts::toString);
      }
    }
  }

  @Test
  void siblingOfTheOtherFamilyOnlyWhereNothingIsBound() throws Exception {
    assumeTrue(Loopback.hasIpv6(), "no IPv6 on loopback here");
    try (AgentLab own = AgentLab.talk().with("dual.test", AgentLab.REFUSED.get(0), "::1");
        TalkServer six = TalkServer.plain("::1", own.port())) {
      String port = Integer.toString(own.port());
      ForkedJvm.Outcome unbound = own.agent("").run(DialAll.class, "dual.test", port);
      assertQuiet(all("connected to 0:0:0:0:0:0:0:1"), unbound);
      int reached = six.accepted();
      ForkedJvm.Outcome bound = own.agent("").run(BindProbe.class, port, LOCAL, "0", "dual.test");
      for (BindProbe.Way way : BindProbe.Way.values()) {
        String error = facts(bound, way, "dual.test").get("error");
        assertTrue(error.startsWith("java.net.ConnectException"), error);
      }
      assertEquals(reached, six.accepted());
    }
  }

  private static ForkedJvm.Outcome bind(
      ForkedJvm jvm, String address, String localPort, Scenario... scenarios) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(port(), address, localPort));
    for (Scenario scenario : scenarios) {
      arguments.add(scenario.host(Service.TALK));
    }
    return jvm.run(BindProbe.class, arguments.toArray(String[]::new));
  }

  private static Facts facts(ForkedJvm.Outcome outcome, BindProbe.Way way, String host) {
    Facts facts = Facts.parse(outcome.stdout()).get(BindProbe.name(way, host));
    assertNotNull(facts, outcome::stderr);
    return facts;
  }
}
