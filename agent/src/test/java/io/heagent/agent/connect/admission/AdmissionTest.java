package io.heagent.agent.connect.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.Settings;
import io.heagent.agent.config.SettingsReader;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.ConnectedPeers;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.loop.AgentLoop;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.Reason;
import io.heagent.agent.observe.Statistics;
import io.heagent.agent.resolve.LastAnswers;
import io.heagent.agent.resolve.NameLookups;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.RefusalStreaks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which connects are raced, and why each of the others is not. */
class AdmissionTest {

  private static final String HOST = "host.example";
  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";
  private static final int PORT = 443;

  private final LastAnswers answers = new LastAnswers();
  private final AgentLoop loop = new AgentLoop();
  private final NameLookups names = new NameLookups(loop, answers, null);
  private final BoundSockets bindings = new BoundSockets();
  private final ConnectedPeers peers = new ConnectedPeers();
  private final FakeProgramSocket socket = new FakeProgramSocket(SocketKind.CHANNEL, null);
  private final Observer observer = new Observer(() -> {});
  private TargetFilter targets;
  private Admission admission = with("");

  @BeforeAll
  static void defineBridge() {
    BridgeClasses.define();
  }

  private static Settings settings(String arguments) {
    SettingsReader reader = new SettingsReader(new Properties(), Map.of());
    SettingsReader.Result read = reader.read("nat64=off," + arguments);
    assertEquals(List.of(), read.warnings());
    return read.settings();
  }

  private Admission with(String arguments) {
    Settings settings = settings(arguments);
    targets = new TargetFilter(() -> settings, answers, null, observer);
    return admission(true, true);
  }

  private Admission admission(boolean select, boolean async) {
    CandidateServices services =
        new CandidateServices(
            Calls.strictGuard(), null, new RefusalStreaks(), new RacingClients(null), names);
    return new Admission(
        loop, bindings, peers, new HistoryRegistry(), services, () -> select, async, observer);
  }

  /** The program has looked its name up, and has been given these. */
  private void lookedUp(String... addresses) {
    answers.add(HOST, Ip.all(addresses), System.nanoTime());
  }

  private static InetAddress address(String name, String literal) {
    try {
      return InetAddress.getByAddress(name, Ip.of(literal).getAddress());
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static InetSocketAddress target(String literal) {
    return new InetSocketAddress(address(HOST, literal), PORT);
  }

  /** What is counted as observed is what is noted, and nothing else has that word. */
  @Test
  void whatCannotBeNotedIsNotSaidToBeObserved() {
    admission = with("mode=observe");
    assertNull(admission.admitToWatch(socket, socket, raceable(target(A))), "siblings unknown");
    InetSocketAddress named = InetSocketAddress.createUnresolved(HOST, PORT);
    assertNull(admission.admitToWatch(socket, socket, raceable(named)));
    lookedUp(A, B);
    assertSame(socket, admission.admitToWatch(socket, socket, raceable(target(A))));
    FakeProgramSocket async = new FakeProgramSocket(SocketKind.ASYNC, null);
    assertNull(admission(true, false).admitToWatch(async, async, raceable(target(A))));
    assertEquals("{OBSERVE=1, UNHOOKED=1, UNSEEN=2}", reasons());
  }

  private ConnectRequest.Target raceable(InetSocketAddress target) {
    return targets.raceable(target);
  }

  private String reasons() {
    Map<Reason, Long> counted = new TreeMap<>(new Statistics(observer, null).leftAlone());
    counted.values().removeIf(count -> count == 0);
    return counted.toString();
  }

  private ConnectCall admit(InetSocketAddress target) throws IOException {
    return admit(admission, socket, target);
  }

  private ConnectCall admit(Admission admission, FakeProgramSocket socket, InetSocketAddress target)
      throws IOException {
    ConnectRequest.Target raceable = targets.raceable(target);
    return raceable == null ? null : admission.admit(socket, raceable);
  }

  private ConnectCall admit(String literal) throws IOException {
    return admit(target(literal));
  }

  private ConnectCall admitUnresolved(String name) throws IOException {
    return admit(InetSocketAddress.createUnresolved(name, PORT));
  }

  @Test
  void addressWithSiblingsIsRacedOverThem() throws IOException {
    lookedUp(A, B);
    InetSocketAddress target = target(A);
    ConnectCall call = admit(target);
    assertSame(socket, call.request.socket());
    assertEquals(HOST, call.request.host());
    assertEquals(PORT, call.request.port());
    assertEquals(Ip.of(A), call.requested());
    assertSame(target, call.remote());
    assertEquals(
        new KnownAddresses.Cached(Ip.list(A, B).toArray(InetAddress[]::new)), call.known());
    assertEquals(ConnectCall.NEVER, call.deadline());
    assertNotNull(call.ticket());
    assertNotNull(call.history());
    assertNull(call.resolution());
    assertNull(call.request.local());
    assertFalse(call.isUnknown());
    assertTrue(call.request.isVetted());
  }

  @Test
  void addressOfWhichOnlyALookUpCouldTellIsRacedToo() throws IOException {
    assertEquals(new KnownAddresses.None(), admit(A).known());
  }

  /** A literal belongs to no name, so there are no other addresses to race. */
  @Test
  void literalIsLeftAlone() throws IOException {
    assertNull(admit(new InetSocketAddress(Ip.of(A), PORT)));
    assertNull(admit(new InetSocketAddress(address(A, A), PORT)));
    assertNull(admitUnresolved(A));
  }

  @Test
  void onlyAddressOfItsNameIsLeftAlone() throws IOException {
    lookedUp(A);
    assertNull(admit(A));
  }

  /** The program has the address from elsewhere, so it means exactly this address. */
  @Test
  void addressThatIsNoneOfItsNamesIsLeftAlone() throws IOException {
    lookedUp(B, "192.0.2.3");
    assertNull(admit(A));
  }

  @Test
  void addressThatAConnectedSocketHasGivenOutIsLeftAlone() throws IOException {
    lookedUp(A, B);
    InetAddress peer = peers.mark(Ip.of(A), HOST);
    assertNull(admit(new InetSocketAddress(peer, PORT)));
    assertNotNull(admit(A), "an equal one means any machine of the name");
  }

  /** The JDK connects to this host if it is given the wildcard address. */
  @Test
  void wildcardIsLeftAlone() throws IOException {
    lookedUp("0.0.0.0", B);
    assertNull(admit("0.0.0.0"));
  }

  @Test
  void hostsThatTheSettingsExceptAreLeftAlone() throws IOException {
    lookedUp(A, B);
    admission = with("except=host.example");
    assertNull(admit(A));
    admission = with("except=host.example:443");
    assertNull(admit(A));
    assertNotNull(admit(new InetSocketAddress(address(HOST, A), 80)));
    admission = with("host=other.example");
    assertNull(admit(A));
    admission = with("mode=off");
    assertNull(admit(A));
  }

  @Test
  void unresolvedNamesAreTheJdksWhereTheSettingsSayThat() throws IOException {
    lookedUp(A, B);
    admission = with("unresolved=off");
    assertNull(admitUnresolved("unknown.example"));
    assertNotNull(admit(A), "resolved ones are raced");
  }

  /** Without its hooks, a channel that does not block would never hear of the end of its race. */
  @Test
  void eachKindNeedsItsHooks() throws IOException {
    lookedUp(A, B);
    FakeProgramSocket async = new FakeProgramSocket(SocketKind.ASYNC, null);
    FakeProgramSocket channel = new FakeProgramSocket(SocketKind.CHANNEL, null);
    async.nonBlocking = true;
    channel.nonBlocking = true;
    Admission noAsync = admission(true, false);
    assertNull(admit(noAsync, async, target(A)));
    assertNotNull(admit(noAsync, channel, target(A)));
    Admission noSelect = admission(false, true);
    assertNotNull(admit(noSelect, async, target(A)));
    assertNull(admit(noSelect, channel, target(A)));
    channel.nonBlocking = false;
    assertNotNull(admit(noSelect, channel, target(A)), "one that blocks needs none");
  }

  /** The program may have chosen the port for exactly one connection. */
  @Test
  void socketThatIsBoundToAPortOfItsChoiceIsLeftAlone() throws IOException {
    lookedUp(A, B);
    socket.bind(new InetSocketAddress(Ip.of("192.0.2.100"), 5_000));
    assertNull(admit(A));
    bindings.bound(socket, new InetSocketAddress(5_000));
    assertNull(admit(A));
  }

  @Test
  void socketThatIsBoundToAnyPortIsRacedFromItsAddress() throws IOException {
    lookedUp(A, B);
    bindings.bound(socket, new InetSocketAddress(Ip.of("192.0.2.100"), 0));
    socket.bind(new InetSocketAddress(Ip.of("192.0.2.100"), 5_000));
    ConnectCall call = admit(A);
    assertEquals(Ip.of("192.0.2.100"), call.request.local());
    assertEquals(5_000, call.request.localPort());
    assertNull(call.history(), "paths from there are others than those known");
  }

  @Test
  void wildcardIsNoAddressToBindSiblingsTo() throws IOException {
    lookedUp(A, B);
    bindings.bound(socket, null);
    socket.bind(new InetSocketAddress(5_000));
    ConnectCall call = admit(A);
    assertNull(call.request.local());
    assertEquals(5_000, call.request.localPort());
  }

  /**
   * The connect must not wait, so its race begins without an address and looks the name up
   * meanwhile.
   */
  @Test
  void unresolvedNameOfAChannelThatDoesNotBlockIsLookedUpInItsRace() throws IOException {
    socket.nonBlocking = true;
    ConnectCall call = admitUnresolved("unknown.example");
    assertTrue(call.isUnknown());
    assertNull(call.requested());
    assertNull(call.ticket());
    assertEquals(new KnownAddresses.None(), call.known());
    assertEquals(new TargetResolution.NotYet(new KnownAddresses.None()), call.resolution());
    assertEquals("unknown.example/192.0.2.1:443", call.remote().toString(), "never dialled");
    assertFalse(call.request.isVetted());
  }

  /** Every system knows this one without a DNS server, and the JDK's cache keeps it. */
  @Test
  void unresolvedNameThatTheJdkKnowsIsRacedOverItsAddresses() throws IOException {
    List<InetAddress> all = List.of(InetAddress.getAllByName("localhost"));
    for (boolean nonBlocking : new boolean[] {false, true}) {
      socket.nonBlocking = nonBlocking;
      ConnectCall call = admitUnresolved("localhost");
      assertFalse(call.isUnknown());
      assertNull(call.ticket());
      assertEquals(new KnownAddresses.Cached(all.toArray(InetAddress[]::new)), call.known());
      assertInstanceOf(TargetResolution.Resolved.class, call.resolution());
      assertEquals(new InetSocketAddress(call.requested(), PORT), call.remote());
      assertTrue(all.contains(call.requested()));
    }
  }

  @Test
  void connectsToOneAddressKnowOfEachOtherUntilTheyEnd() throws IOException {
    ConnectCall first = admit(A);
    ConnectCall second = admit(A);
    assertSame(first.group(), second.group());
    admission.over(first, ConnectOutcome.UNKNOWN);
    admission.over(first, ConnectOutcome.UNKNOWN);
    assertSame(second.group(), admit(A).group(), "the second one is pending still");
  }

  @Test
  void whoComesAfterTheEndOfAllKnowsOfNone() throws IOException {
    ConnectCall first = admit(A);
    ConnectCall second = admit(A);
    admission.over(first, ConnectOutcome.UNKNOWN);
    admission.accept(second, ConnectOutcome.UNKNOWN);
    assertNotSame(first.group(), admit(A).group());
  }

  @Test
  void connectWithoutATicketEndsForNobodyElse() throws IOException {
    socket.nonBlocking = true;
    admission.over(admitUnresolved("unknown.example"), ConnectOutcome.UNKNOWN);
  }

  /**
   * With history off, every connect begins as the first one did, whatever the kind of its socket.
   */
  @Test
  void historyThatIsSwitchedOffIsNotAsked() throws IOException {
    lookedUp(A, B);
    for (SocketKind kind : SocketKind.values()) {
      FakeProgramSocket one = new FakeProgramSocket(kind, null);
      assertNull(admit(with("history=off"), one, target(A)).history());
      assertNotNull(admit(with(""), one, target(A)).history());
    }
  }
}
