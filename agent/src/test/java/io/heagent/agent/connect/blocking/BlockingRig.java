package io.heagent.agent.connect.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.candidates.PendingLookup;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeEnvironment;
import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.observe.Observer;
import io.heagent.engine.coordination.AttemptLimiter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import sun.nio.ch.HeHook;

/**
 * One blocking connect on a {@link FakeNetwork}, to the first address of a name. Afterwards it has
 * to have left nothing behind.
 */
public final class BlockingRig {
  public static final String A = "192.0.2.1";
  public static final String B = "192.0.2.2";
  public static final String C = "192.0.2.3";

  /** What happens where C, dialled last, answers after 30 ms, and no other address does. */
  static final List<String> THIRD_WINS =
      List.of(
          "0 dial " + A,
          "125 warm up",
          "250 dial " + B,
          "500 dial " + C,
          "530 close " + B,
          "530 adopt " + C,
          "530 close " + C);

  /** How many fallback attempts all races together may have in flight. */
  private static final int LIMIT = 256;

  /** How the racing thread waits, and what becomes of a winner. */
  public enum Form {
    PLAIN,
    VIRTUAL,
    REDIAL
  }

  final FakeEnvironment environment = new FakeEnvironment();
  public final FakeNetwork network = environment.network;
  final FakeProgramSocket socket;
  public final Calls.Builder request;
  private final Form form;
  private ConnectCall call;
  private PrimaryDial own;

  /** What the program was told; null for a connection. */
  IOException failure;

  public BlockingRig(Form form, String... addresses) {
    this(form, SocketKind.SOCKET, addresses);
  }

  public BlockingRig(Form form, SocketKind kind, String... addresses) {
    this.form = form;
    socket = new FakeProgramSocket(kind, network);
    // A virtual thread's descriptor does not block, nor does one with a timeout.
    socket.blockingDescriptor = form != Form.VIRTUAL && kind != SocketKind.ADAPTOR;
    network.virtual = form == Form.VIRTUAL;
    network.setMode(socket.descriptor, socket.blockingDescriptor);
    request =
        Calls.to(addresses[0]).socket(socket).known(Ip.all(addresses)).startedAt(network.now());
  }

  /** The call, which is not to be changed from then on. */
  public ConnectCall call() {
    if (call == null) {
      call = request.call();
    }
    return call;
  }

  public BlockingRig accepts(String address, long ms) {
    network.accepts(address, ms);
    return this;
  }

  public BlockingRig refuses(String address, long ms) {
    network.fails(address, ms, new ConnectException("Connection refused"));
    return this;
  }

  public BlockingRig timeout(long ms) {
    request.timeout(ms * 1_000_000L);
    return this;
  }

  /** The addresses of its name are not known before this time; for ever if that is negative. */
  BlockingRig looksUp(long ms, String... addresses) {
    PendingLookup pending = new PendingLookup(network);
    request.known(new KnownAddresses.Pending(pending.lookup));
    if (ms >= 0) {
      network.at(ms, () -> pending.answer(addresses));
    }
    return this;
  }

  /** At that time the program closes its socket. */
  public BlockingRig closes(long ms) {
    network.at(
        ms,
        () -> {
          socket.close();
          network.hangUp(socket.descriptor);
        });
    return this;
  }

  /** At that time the racing thread is interrupted. */
  BlockingRig interrupts(long ms) {
    network.at(ms, Thread.currentThread()::interrupt);
    return this;
  }

  /** Runs the race: when it ended, and how. */
  public String run() {
    String how;
    try {
      InetAddress first = call().remote().getAddress();
      own =
          new PrimaryDial(
              environment, call, StandardProtocolFamily.INET6, socket.descriptor, first);
      how = result(BlockingRace.run(own, form == Form.REDIAL));
    } catch (IOException e) {
      failure = e;
      how = e.getClass().getSimpleName() + ": " + e.getMessage();
    }
    String outcome = network.ms() + " " + how;
    checkNothingIsLeft();
    if (!how.contains("Exception") && socket.connecting) {
      // What the race has thrown the JDK answers by closing the socket.
      boolean mode = network.isBlocking(socket.descriptor);
      assertEquals(socket.blockingDescriptor, mode, "the mode it came in");
    }
    return outcome;
  }

  private String result(int result) throws IOException {
    if (result == HeHook.CONNECTED) {
      assertTrue(network.isConnected(socket.descriptor), "claimed to be connected");
      assertEquals(connected(), own.peer(), "as the program is told");
      return "connected to " + connected().getHostAddress();
    } else if (result == HeHook.FAILED) {
      throw call.failure();
    }
    return result == HeHook.PROCEED ? "left to the JDK" : "to be asked";
  }

  /** What the program's descriptor is connected to. */
  InetAddress connected() {
    FakeNetwork.Dial dial = network.dial(socket.descriptor);
    assertNotNull(dial);
    return dial.address();
  }

  void checkNothingIsLeft() {
    assertEquals(network.opened, network.closed, "side sockets: " + network.log);
    assertTrue(network.isEveryThreadOver(), "threads");
    assertEquals(0, environment.loop.watched, "watched");
    assertEquals(0, environment.loop.armed(), "timers");
    List<AttemptLimiter.Permit> permits = new ArrayList<>();
    for (int i = 0; i < LIMIT; i++) {
      permits.add(environment.limiter.take(null));
      assertNotNull(permits.get(i), "permits");
    }
    permits.forEach(environment.limiter::giveBack);
  }

  /** What was counted. */
  public Observer observer() {
    return environment.observer;
  }

  /** What the race did. */
  public List<String> log() {
    return network.log;
  }

  public InetSocketAddress told() {
    return socket.remote;
  }
}
