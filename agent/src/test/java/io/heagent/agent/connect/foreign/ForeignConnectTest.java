package io.heagent.agent.connect.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectedPeers;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.channel.ChannelEnvironment;
import io.heagent.agent.connect.channel.ChannelRaceRegistry;
import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeEnvironment;
import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import io.heagent.agent.connect.selection.Selectors;
import io.heagent.engine.coordination.ConnectOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connects of a library's own channel, as its event loop sees them. */
class ForeignConnectTest {

  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";

  static {
    BridgeClasses.define();
  }

  private final FakeEnvironment shared = new FakeEnvironment();
  private final FakeNetwork network = shared.network;
  private final FakeForeign socket = new FakeForeign(network);
  private ForeignConnect connect;
  private ConnectOutcome outcome;

  /** The library has no selector of the JDK's. */
  private static final class NoSelectors implements Selectors {
    @Override
    public void setWatching(boolean on) {}

    @Override
    public boolean queueUpdate(SelectionKey key) {
      throw new AssertionError("there is no key");
    }
  }

  private ConnectCall call() {
    return Calls.to(A)
        .socket(new ForeignAdapter(socket))
        .known(Ip.all(A, B))
        .startedAt(network.now())
        .call();
  }

  /** The library connects; its event loop waits for the descriptor, and for being asked. */
  private void connect() {
    connect(call());
  }

  private void connect(ConnectCall call) {
    Selectors selectors = new NoSelectors();
    connect =
        new ForeignConnect(
            call,
            socket,
            null,
            new ChannelEnvironment(
                shared,
                selectors,
                new ChannelRaceRegistry(selectors),
                new ConnectedPeers(),
                false,
                (over, how) -> outcome = how));
    socket.whenAsked = this::ask;
    try {
      assertTrue(connect.start());
      connect.left();
      FakeNetwork.Dial dial = network.dial(socket.descriptor());
      if (dial.answersAt() != FakeNetwork.NEVER) {
        network.schedule(dial.answersAt(), this::ask);
      }
    } catch (IOException e) {
      told(e);
    }
  }

  private void ask() {
    if (!socket.isConnecting()) {
      return;
    }
    try {
      if (!connect.isPending()) {
        assertTrue(network.isConnected(socket.descriptor()));
        socket.own.connecting = false;
        String peer = network.dial(socket.descriptor()).address().getHostAddress();
        network.say("told connected to " + peer, null);
      }
    } catch (IOException e) {
      told(e);
    }
  }

  private void told(IOException failure) {
    socket.own.close();
    network.say("told " + failure.getMessage(), null);
  }

  private void refuses(String address, long ms) {
    network.fails(address, ms, new ConnectException("Connection refused"));
  }

  private void happens(String... lines) {
    network.park(this, 60_000_000_000L);
    assertEquals(List.of(lines), network.log);
    assertEquals(network.opened, network.closed);
  }

  @Test
  void requestedAddressThatAnswersIsAllThatIsDialled() {
    network.accepts(A, 30);
    connect();
    happens("0 dial " + A, "30 told connected to " + A);
    assertEquals(ConnectOutcome.CONNECTED, outcome);
  }

  @Test
  void siblingIsAdoptedOnTheLibrarysThread() {
    network.accepts(B, 30);
    connect();
    happens(
        "0 dial " + A,
        "250 dial " + B,
        "280 adopt " + B,
        "280 close " + B,
        "280 told connected to " + B);
  }

  @Test
  void nextIsDialledAsSoonAsTheRequestedHasRefused() {
    refuses(A, 20);
    network.accepts(B, 30);
    connect();
    happens(
        "0 dial " + A,
        "20 dial " + B,
        "50 adopt " + B,
        "50 close " + B,
        "50 told connected to " + B);
  }

  @Test
  void whenAllHaveRefusedTheFailureNamesThemAll() {
    refuses(A, 20);
    refuses(B, 30);
    connect();
    happens(
        "0 dial " + A,
        "20 dial " + B,
        "50 close " + B,
        "50 told Connection refused: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 refused after 20 ms; 192.0.2.2 refused after 30 ms)");
  }

  /** The requested address is a suspect, but the library has sent its SYN to it already. */
  @Test
  void whatTheLibraryHasBegunGoesOnWithTheRequestedAddress() {
    Remembered remembered = new Remembered();
    remembered.isDead(A);
    remembered.wins(B, 30);
    network.accepts(B, 30);
    socket.begun = true;
    connect(
        Calls.planned(
            remembered
                .to(A, Ip.all(A, B))
                .socket(new ForeignAdapter(socket))
                .startedAt(network.now())
                .call()));
    happens(
        "0 dial " + A,
        "10 dial " + B,
        "40 adopt " + B,
        "40 close " + B,
        "40 told connected to " + B);
  }

  /** If it is not known what the library has begun, the race does not begin, and holds nothing. */
  @Test
  void whatCannotBeAskedIsNotRaced() {
    Remembered remembered = new Remembered();
    remembered.isDead(A);
    remembered.wins(B, 30);
    socket.unreadable = true;
    ConnectCall call =
        Calls.planned(
            remembered
                .to(A, Ip.all(A, B))
                .socket(new ForeignAdapter(socket))
                .startedAt(network.now())
                .call());
    connect(call);
    assertFalse(call.isRaced());
    happens("0 told unreadable");
  }

  /** The same where the library has begun nothing. */
  @Test
  void historyBeginsWithTheSiblingThatAnswered() {
    Remembered remembered = new Remembered();
    remembered.isDead(A);
    remembered.wins(B, 30);
    network.accepts(B, 30);
    connect(
        Calls.planned(
            remembered
                .to(A, Ip.all(A, B))
                .socket(new ForeignAdapter(socket))
                .startedAt(network.now())
                .call()));
    happens("0 dial " + B, "30 told connected to " + B);
  }

  @Test
  void closeEndsTheRace() {
    connect();
    network.at(
        260,
        () -> {
          connect.cancel();
          socket.own.close();
        });
    happens("0 dial " + A, "250 dial " + B, "260 close " + B);
    assertTrue(outcome.closed());
  }

  /** The agent has failed before anything was dialled: the library connects as it would alone. */
  @Test
  void whatCannotBeStartedIsLeftToTheLibrary() throws IOException {
    Selectors selectors = new NoSelectors();
    connect =
        new ForeignConnect(
            call(),
            socket,
            null,
            new ChannelEnvironment(
                shared,
                selectors,
                new ChannelRaceRegistry(selectors),
                new ConnectedPeers(),
                false,
                (over, how) -> outcome = how));
    socket.broken = new IllegalStateException("broken");
    assertFalse(connect.start());
    happens();
  }

  @Test
  void raceSeesTheLibrarysChannel() throws IOException {
    ForeignAdapter adapter = new ForeignAdapter(socket);
    assertEquals(SocketKind.ASYNC, adapter.kind());
    assertTrue(adapter.isNonBlocking());
    assertFalse(adapter.hasBlockingDescriptor());
    assertFalse(adapter.isBound(), "one that is bound is not raced");
    assertEquals(List.of(), adapter.keys());
    assertSame(socket.descriptor(), adapter.descriptor());
    socket.local = new InetSocketAddress(Ip.of("192.0.2.100"), 4_000);
    assertEquals(socket.local, adapter.localAddress());
    socket.option = 7;
    assertEquals(7, adapter.option(StandardSocketOptions.SO_RCVBUF));
    assertFalse(adapter.isIpv4Only());
    socket.ipv4Only = true;
    assertTrue(adapter.isIpv4Only());
    InetSocketAddress peer = new InetSocketAddress(Ip.of(A), 443);
    assertTrue(adapter.isOpen());
    assertTrue(adapter.setRemote(peer));
    socket.own.close();
    assertFalse(adapter.isOpen());
    assertFalse(adapter.isConnecting());
    assertFalse(adapter.setRemote(peer));
    assertFalse(adapter.ifConnecting(() -> network.say("ran", null)));
    assertEquals(List.of(), network.log);
  }

  @Test
  void dialTellsWhetherThereIsAnAnswer() throws IOException {
    ForeignAdapter adapter = new ForeignAdapter(socket);
    network.accepts(A, 0);
    assertTrue(adapter.dial(null, socket.descriptor(), Ip.of(A), 443));
    assertTrue(adapter.isDialled(socket.descriptor()));
    assertFalse(adapter.dial(null, socket.descriptor(), Ip.of(B), 443));
    assertFalse(adapter.isDialled(socket.descriptor()));
    refuses(B, 0);
    assertThrows(
        ConnectException.class, () -> adapter.dial(null, socket.descriptor(), Ip.of(B), 443));
  }
}
