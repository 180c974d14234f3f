package io.heagent.agent.connect.candidates;

import static io.heagent.agent.connect.candidates.CandidateRig.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which addresses join a race while more becomes known: files, look-ups and history. */
class CandidateJoinTest {

  private static final String A = "1.1.1.1";
  private static final String B = "8.8.8.8";
  private static final String C = "8.8.4.4";
  private static final String D = "9.9.9.9";

  /** Left out, unless the name is the site's own. */
  private static final String PRIVATE = "10.0.0.1";

  private final CandidateRig rig = new CandidateRig();
  private final FakeSite site = new FakeSite();
  private final CandidateServices services = rig.services(site.guard(), null);

  private static Calls.Builder siteOwn(Calls.Builder to) {
    return to.host("db.corp.example", 443);
  }

  private CandidateSource source(ConnectCall call) {
    return rig.source(services, call);
  }

  /** Each question to the guard could add the race to those that it tells. */
  @Test
  void raceThatAsksOftenIsToldOnceWhenTheFilesAreRead() {
    CandidateSource source = source(siteOwn(Calls.to(A)).known(Ip.all(A, PRIVATE)).call());
    for (int i = 0; i < 3; i++) {
      assertFalse(source.isKnown());
    }
    assertEquals(1, site.timers.size());
    site.reads.remove(0).run();
    assertEquals(1, rig.told);
    assertEquals(Ip.list(PRIVATE), rest(source));
  }

  /** While the race waits for the files, all is ordered anew each time it asks. */
  @Test
  void whatHistoryHasMovedStaysWhereItIs() {
    Remembered past = new Remembered();
    past.wins(C, 20);
    past.isDead(B);
    CandidateSource source =
        source(
            siteOwn(Calls.to(A)).history(past.history).known(Ip.all(A, B, C, D, PRIVATE)).call());
    for (int i = 0; i < 3; i++) {
      assertTrue(source.isKnown());
    }
    site.reads.remove(0).run();
    assertEquals(Ip.list(C, B, D, PRIVATE), rest(source));
  }

  /** The dead address was dialled first all the same, so that nothing that is left moves. */
  @Test
  void addressThatHistoryMovesBeforeADialledOneIsNextAnyway() {
    Remembered past = new Remembered();
    past.wins(B, 20);
    past.isDead(A);
    CandidateSource source =
        source(siteOwn(Calls.to(A)).history(past.history).known(Ip.all(A, B, C, PRIVATE)).call());
    assertTrue(source.isKnown());
    site.reads.remove(0).run();
    assertEquals(Ip.list(B, C, PRIVATE), rest(source));
  }

  @Test
  void addressBeforeTheDeadOneStaysBeforeBoth() {
    Remembered past = new Remembered();
    past.wins(C, 20);
    past.isDead(B);
    Calls.Builder to = siteOwn(Calls.to(A)).history(past.history);
    CandidateSource source = source(to.known(Ip.all(A, D, B, C, PRIVATE)).call());
    assertTrue(source.isKnown());
    site.reads.remove(0).run();
    assertEquals(Ip.list(D, C, B, PRIVATE), rest(source));
  }

  /** What history puts first stays one place ahead: a second address is not moved as well. */
  @Test
  void historyMovesOneAddressHoweverOftenMoreIsKnown() {
    Remembered past = new Remembered();
    past.wins(C, 20);
    past.isDead(B);
    CandidateSource source =
        source(
            siteOwn(Calls.to(A)).history(past.history).known(Ip.all(A, B, C, D, PRIVATE)).call());
    assertTrue(source.isKnown());
    assertEquals(Ip.of(C), source.next());
    site.reads.remove(0).run();
    assertEquals(Ip.list(B, D, PRIVATE), rest(source));
  }

  /** What leads to the translator may be a sibling that the guard has yet to allow. */
  @Test
  void translatorIsLookedForOnceAllSiblingsAreKnown() {
    CandidateServices all =
        rig.services(site.guard(), rig.nat64(address -> address.getAddress().length == 16));
    ConnectCall call = siteOwn(Calls.to(A)).services(all).known(Ip.all(A, PRIVATE)).call();
    CandidateSource source = new CandidateSource(all, call, Ip.of(A), rig::tell);
    assertFalse(source.isKnown());
    assertEquals(List.of(), rig.lookedUp);
    site.reads.remove(0).run();
    assertEquals(Ip.list(PRIVATE), rest(source));
    assertEquals(List.of("ipv4only.arpa"), rig.lookedUp);
  }

  @Test
  void clientThatRacesByItselfHasNoFilesRead() {
    ConnectCall call = siteOwn(Calls.to(A)).known(Ip.all(A, PRIVATE)).call();
    CandidateSource.replaceOrder(call, call.order().onlyRequested());
    CandidateSource source = new CandidateSource(services, call, Ip.of(A), null);
    assertTrue(source.isKnown());
    assertFalse(source.hasNext());
    assertNull(source.next());
    assertEquals(List.of(), site.reads);
  }

  /** The program has asked for the address that another one was put before. */
  @Test
  void clientThatRacesByItselfGetsTheAddressThatItAskedFor() {
    ConnectCall call = Calls.to(A).known(Ip.all(A, B, C)).call();
    call.follow(call.order().beginningWith(Ip.of(B)));
    CandidateSource.replaceOrder(call, call.order().onlyRequested());
    CandidateSource source = new CandidateSource(services, call, Ip.of(B), null);
    assertTrue(source.isKnown());
    assertEquals(Ip.of(A), source.next());
    assertNull(source.next());
  }

  @Test
  void siblingsOfANameThatIsNotKnownAreLookedUp() {
    CandidateSource source = source(Calls.to(A).call());
    assertEquals(List.of("host.example"), rig.lookedUp);
    assertFalse(source.hasNext());
    rig.pending.answer(A, B);
    assertEquals(1, rig.told);
    assertTrue(source.hasNext());
    assertEquals(Ip.of(B), source.next());
    assertFalse(source.hasNext());
    assertNull(source.next());
  }

  /** The look-up that was under way has been dropped, because nobody wanted it any more. */
  @Test
  void lookUpThatCannotBeJoinedIsBegunAnew() {
    PendingLookup dropped = new PendingLookup("host.example", rig.network, () -> true);
    dropped.lookup.cancel();
    CandidateSource source =
        source(Calls.to(A).known(new KnownAddresses.Pending(dropped.lookup)).call());
    assertEquals(List.of("host.example"), rig.lookedUp);
    rig.pending.answer(A, B);
    assertEquals(Ip.list(B), rest(source));
  }

  /** Of a name that the program did not resolve, the first address found takes its place. */
  @Test
  void firstAddressFoundCountsAsRequested() {
    PendingLookup name = new PendingLookup(rig.network);
    Calls.Builder unresolved = Calls.to((InetAddress) null).unvetted();
    ConnectCall call = unresolved.known(new KnownAddresses.Pending(name.lookup)).call();
    CandidateSource source = source(call);
    assertFalse(source.isKnown());
    assertNull(call.requested());
    name.answer(A, B);
    assertTrue(source.isKnown());
    assertEquals(Ip.of(A), call.requested());
    assertEquals(Ip.list(A, B), rest(source));
    assertEquals(Ip.of(A), call.requested());
  }

  @Test
  void nameWithoutAddressesHasNone() {
    PendingLookup name = new PendingLookup(rig.network);
    Calls.Builder unresolved = Calls.to((InetAddress) null).unvetted();
    ConnectCall call = unresolved.known(new KnownAddresses.Pending(name.lookup)).call();
    CandidateSource source = source(call);
    name.fail(new UnknownHostException("host.example"));
    assertTrue(source.isKnown());
    assertFalse(source.hasNext());
    assertNull(source.next());
    assertNull(call.requested());
  }

  @Test
  void otherSocketsReachWhatTheProgramsReaches() {
    FakeProgramSocket socket = new FakeProgramSocket();
    CandidateSource source = source(Calls.to(A).known(Ip.all(A)).socket(socket).call());
    assertFalse(source.isIpv4Only());
    socket.ipv4Only = true;
    assertTrue(source.isIpv4Only());
  }

  /** Where the JDK would refuse the requested address, or cannot reach the other, nothing moves. */
  @Test
  void whatMayGoFirst() {
    FakeProgramSocket socket = new FakeProgramSocket();
    CandidateRules rules = Calls.to(A).socket(socket).services(services).rules();
    InetAddress ipv6 = Ip.of("2001:db8::1");
    assertTrue(rules.mayGoFirst(Ip.of(A), Ip.of(B)));
    assertTrue(rules.mayGoFirst(Ip.of(A), ipv6));
    assertFalse(rules.mayGoFirst(Ip.of("224.0.0.1"), Ip.of(B)));
    socket.ipv4Only = true;
    assertTrue(rules.mayGoFirst(Ip.of(A), Ip.of(B)));
    assertFalse(rules.mayGoFirst(Ip.of(A), ipv6));
  }
}
