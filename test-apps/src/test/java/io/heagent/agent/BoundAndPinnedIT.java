package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.lab.ForkedJvm;
import io.heagent.lab.FreePort;
import io.heagent.lab.Loopback;
import io.heagent.lab.TalkServer;
import io.heagent.probes.BindProbe;
import io.heagent.probes.Facts;
import io.heagent.probes.Scenario;
import io.heagent.probes.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program has fixed by itself (its own port, its own address, this very peer) holds. */
class BoundAndPinnedIT {
  private static final String TIMEOUT = "java.net.SocketTimeoutException: Connect timed out";

  private static final Map<String, Map<String, Facts>> SEEN = new LinkedHashMap<>();
  private static AgentLab lab;
  private static TalkServer six;

  @BeforeAll
  static void open() throws Exception {
    lab = AgentLab.talk().with(BindProbe.DUAL, AgentLab.DEAD.get(0), "::1");
    six = Loopback.hasIpv6() ? TalkServer.plain("::1", lab.port()) : null;
    int free = FreePort.on(BindProbe.LOCAL);
    for (String adoption : new String[] {"dup", "redial"}) {
      ForkedJvm.Outcome outcome =
          lab.agent("delay=100ms,adoption=" + adoption)
              .run(
                  BindProbe.class,
                  Integer.toString(lab.port()),
                  Integer.toString(free),
                  AgentLab.DEAD.get(1));
      assertEquals("", outcome.stderr());
      SEEN.put(adoption, Facts.parse(outcome.stdout()));
    }
  }

  @AfterAll
  static void close() throws Exception {
    if (six != null) {
      six.close();
    }
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void fixedLocalPortIsLeftAlone(String adoption) {
    untouched(adoption, "socket bound to a fixed port");
    untouched(adoption, "channel bound to a fixed port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void boundAddressIsTheWinnersToo(String adoption) {
    for (String kind : new String[] {"socket", "channel"}) {
      Facts facts = SEEN.get(adoption).get(kind + " bound to an address");
      assertEquals(Service.TALK.address(), facts.get("served"), facts::toString);
      assertTrue(facts.get("client").startsWith(BindProbe.LOCAL + " "), facts::toString);
      assertEquals(facts.get("client"), facts.get("local"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void wildcardWithAnyPortIsRaced(String adoption) {
    for (String kind : new String[] {"socket", "channel"}) {
      Facts facts = SEEN.get(adoption).get(kind + " bound to the wildcard");
      assertEquals(Service.TALK.address(), facts.get("served"), facts::toString);
      assertEquals(facts.get("client"), facts.get("local"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void siblingOfTheOtherFamilyOnlyWhereNothingIsBound(String adoption) {
    assumeTrue(six != null, "no IPv6 on loopback here");
    Facts unbound = SEEN.get(adoption).get("other family unbound");
    assertEquals("0:0:0:0:0:0:0:1", unbound.get("served"), unbound::toString);
    assertEquals(BindProbe.DUAL + "/[0:0:0:0:0:0:0:1]:" + lab.port(), unbound.get("remote"));
    untouched(adoption, "other family bound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void pinnedAddressHasNoSiblings(String adoption) {
    untouched(adoption, "pinned: not among the name's addresses");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void nameOfAReverseLookUpHasNoSiblings(String adoption) {
    untouched(adoption, "name from a reverse look-up");
    // Or the case would show nothing: the reverse look-up must have found a name with siblings.
    Facts facts = SEEN.get(adoption).get("name from a reverse look-up");
    assertTrue(
        facts.get("reversed").startsWith(Scenario.DEAD_FIRST.host(Service.TALK).substring(0, 4)),
        facts::toString);
  }

  /** The JDK's own words, with no list of addresses: nothing but the one was tried. */
  private static void untouched(String adoption, String name) {
    Facts facts = SEEN.get(adoption).get(name);
    String seen = facts.get("error") + ": " + facts.get("message");
    assertEquals(TIMEOUT, seen, facts::toString);
  }
}
