package io.heagent.agent.connect.candidates;

import static io.heagent.agent.connect.candidates.CandidateRig.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.address.Nat64Prefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Races on a host with IPv6 only, in whose network a translator may reach IPv4 (RFC 8305, 7.1). */
class Nat64RaceTest {

  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";

  /** What the name ipv4only.arpa has where the translator's prefix is 2a00:64::/96. */
  private static final String[] TRANSLATOR = {"2a00:64::c000:aa", "192.0.0.170"};

  private static final String A_TRANSLATED = "2a00:64::c000:201";
  private static final String B_TRANSLATED = "2a00:64::c000:202";

  private final CandidateRig rig = new CandidateRig();
  private final CandidateServices services =
      rig.services(Calls.strictGuard(), rig.nat64(address -> !(address instanceof Inet4Address)));

  private CandidateSource source(Calls.Builder to) {
    ConnectCall call = to.services(services).call();
    return rig.source(services, call);
  }

  /** A connect to the first of the addresses that a name has. */
  private CandidateSource source(String... all) {
    return source(Calls.to(all[0]).known(Ip.all(all)));
  }

  /** The IPv4 addresses fail at once there; the race does not end before it knows the prefix. */
  @Test
  void translationsFollowTheIpv4Addresses() {
    CandidateSource source = source(A, B);
    assertEquals(Ip.list(B), rest(source), "meanwhile");
    assertFalse(source.isKnown());
    rig.pending.answer(TRANSLATOR);
    assertEquals(1, rig.told, "that more is known");
    assertTrue(source.isKnown());
    InetAddress next = source.next();
    assertEquals(Ip.of(A_TRANSLATED), next);
    assertEquals("host.example", next.getHostName());
    assertEquals(Ip.list(B_TRANSLATED), rest(source));
    assertTrue(source.isKnown());
    assertNull(source.next());
    assertEquals(List.of(Nat64Prefix.WELL_KNOWN_NAME), rig.lookedUp);
  }

  /** A race before has found the prefix out. */
  private void learn() {
    CandidateSource before = source(A);
    rig.pending.answer(TRANSLATOR);
    assertEquals(Ip.list(A_TRANSLATED), rest(before));
    rig.lookedUp.clear();
  }

  @Test
  void clientThatRacesByItselfGetsNone() {
    ConnectCall call = Calls.to(A).known(Ip.all(A, B)).services(services).call();
    CandidateSource.replaceOrder(call, call.order().onlyRequested());
    assertEquals(List.of(), rest(new CandidateSource(services, call, Ip.of(A), null)));
    assertEquals(List.of(), rig.lookedUp);
  }

  /** The name's own look-up may still bring an IPv6 address. */
  @Test
  void nothingIsAskedBeforeTheNameIsLookedUp() {
    PendingLookup name = new PendingLookup(rig.network);
    CandidateSource source = source(Calls.to(A).known(new KnownAddresses.Pending(name.lookup)));
    assertFalse(source.isKnown());
    assertEquals(List.of(), rig.lookedUp);
    name.answer(A);
    assertFalse(source.isKnown());
    rig.pending.answer(TRANSLATOR);
    assertEquals(Ip.list(A_TRANSLATED), rest(source));
  }

  /** Of two races that wait for the prefix, the slower one does not undo what is known. */
  @Test
  void laterAnswerToTheSameQuestionChangesNothing() {
    CandidateSource first = source(A);
    PendingLookup ofFirst = rig.pending;
    CandidateSource second = source(B);
    rig.pending.answer(TRANSLATOR);
    assertEquals(Ip.list(B_TRANSLATED), rest(second));
    ofFirst.fail(new UnknownHostException(Nat64Prefix.WELL_KNOWN_NAME));
    assertEquals(Ip.list(A_TRANSLATED), rest(first));
  }

  @Test
  void endOfTheRaceGivesTheLookUpUp() {
    source(A).close();
    assertTrue(rig.pending.isCancelled());
  }

  /** A race that nobody need wake asks by itself what is known. */
  @Test
  void raceWithoutAListenerWaitsToo() {
    ConnectCall call = Calls.to(A).known(Ip.all(A)).services(services).call();
    CandidateSource source = new CandidateSource(services, call, Ip.of(A), null);
    assertFalse(source.isKnown());
    rig.pending.answer(TRANSLATOR);
    assertEquals(Ip.list(A_TRANSLATED), rest(source));
  }

  /** What leads to a private address through the translator is as private as that. */
  @Test
  void knownPrefixTellsWhatAnIpv6AddressStandsFor() {
    assertEquals(
        Ip.list("2a00:64::a00:1", "2606:4700::2"),
        rest(source("2606:4700::1", "2a00:64::a00:1", "2606:4700::2")));
    learn();
    assertEquals(
        Ip.list("2606:4700::2"), rest(source("2606:4700::1", "2a00:64::a00:1", "2606:4700::2")));
  }
}
