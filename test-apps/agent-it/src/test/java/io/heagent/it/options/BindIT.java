package io.heagent.it.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that the program has bound: raced from the same address, or not at all. */
@Tag("jvm")
@Tag("every-jdk")
class BindIT extends StartCase {
  private static final String LOCAL = "127.9.4.1";

  @Test
  void fixedPortIsLeftAlone() throws Exception {
    String fixed = Integer.toString(FreePort.on(LOCAL));
    ForkedJvm.Outcome plain = bind(lab.plain(), Scenario.REFUSED_FIRST, LOCAL, fixed);
    ForkedJvm.Outcome agent = bind(lab.agent("log=debug"), Scenario.REFUSED_FIRST, LOCAL, fixed);
    for (BindProbe.Way way : BindProbe.Way.values()) {
      String error = facts(plain, way).get("error");
      assertTrue(error.startsWith("java.net.ConnectException"), error);
      assertEquals(error, facts(agent, way).get("error"), way::toString);
    }
    assertEquals(1, linesBeside(plain.stdout(), agent).size(), agent::stderr); // the banner
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void addressWithAnyPortIsTheWinnersToo(String adoption) throws Exception {
    for (Scenario scenario : List.of(Scenario.REFUSED_FIRST, Scenario.DEAD_FIRST)) {
      ForkedJvm.Outcome outcome =
          bind(lab.agent("delay=100ms,adoption=" + adoption), scenario, LOCAL, "0");
      assertEquals("", outcome.stderr());
      for (BindProbe.Way way : BindProbe.Way.values()) {
        Facts facts = facts(outcome, way);
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
            Scenario.DEAD_REFUSED_GOOD,
            "0.0.0.0",
            "0");
    assertEquals("", outcome.stderr());
    for (BindProbe.Way way : BindProbe.Way.values()) {
      Facts facts = facts(outcome, way);
      assertEquals(Service.TALK.address(), facts.get("served"), facts::toString);
      assertEquals(facts.get("own"), facts.get("seen"), facts::toString);
    }
  }

  /** The program has asked which port it was given, and may have told others. */
  @ParameterizedTest
  @CsvSource({"dup, 0.0.0.0", "dup, 127.9.4.1", "redial, 0.0.0.0", "redial, 127.9.4.1"})
  void aPortThatTheProgramHasAskedForIsKept(String adoption, String local) throws Exception {
    for (Scenario scenario : List.of(Scenario.DEAD_FIRST, Scenario.REFUSED_FIRST)) {
      ForkedJvm.Outcome outcome =
          lab.agent("delay=100ms,history=off,adoption=" + adoption)
              .flags(RawSocket.FLAGS)
              .run(PromisedPortProbe.class, scenario.host(Service.TALK), port(), local);
      assertEquals("", outcome.stderr());
      Map<String, Facts> all = Facts.parse(outcome.stdout());
      for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
        Facts facts = all.get(kind.name());
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
      ForkedJvm.Outcome bound = own.agent("").run(BindProbe.class, "dual.test", port, LOCAL, "0");
      for (BindProbe.Way way : BindProbe.Way.values()) {
        String error = facts(bound, way).get("error");
        assertTrue(error.startsWith("java.net.ConnectException"), error);
      }
      assertEquals(reached, six.accepted());
    }
  }

  private static ForkedJvm.Outcome bind(
      ForkedJvm jvm, Scenario scenario, String address, String localPort) throws Exception {
    return jvm.run(BindProbe.class, scenario.host(Service.TALK), port(), address, localPort);
  }

  private static Facts facts(ForkedJvm.Outcome outcome, BindProbe.Way way) {
    Map<String, Facts> all = Facts.parse(outcome.stdout());
    assertEquals(BindProbe.Way.values().length, all.size(), outcome::stderr);
    return all.get(way.name());
  }
}
