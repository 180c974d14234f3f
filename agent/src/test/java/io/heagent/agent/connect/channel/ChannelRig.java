package io.heagent.agent.connect.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectedPeers;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.candidates.PendingLookup;
import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeChannel;
import io.heagent.agent.connect.fake.FakeEnvironment;
import io.heagent.agent.connect.fake.FakeLoop;
import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.selector.FakeKey;
import io.heagent.agent.connect.fake.selector.FakeSelector;
import io.heagent.agent.connect.selection.Selectors;
import io.heagent.agent.observe.Observer;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.ConnectOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import sun.nio.ch.HeHook;

/**
 * One connect of a channel that does not block, on a {@link FakeNetwork}, to the first address of a
 * name, and the program that waits for it in a selector or by a group. What happens is written
 * down; afterwards nothing is to be left behind.
 */
public final class ChannelRig {
  public static final String A = "192.0.2.1";
  public static final String B = "192.0.2.2";
  public static final String C = "192.0.2.3";

  public static final long NEVER = Long.MAX_VALUE;

  private static final long MS = 1_000_000L;

  /** How many fallback attempts all races together may have in flight. */
  private static final int LIMIT = 256;

  static {
    BridgeClasses.define();
  }

  final FakeEnvironment shared = new FakeEnvironment();
  public final FakeNetwork network = shared.network;
  final FakeLoop loop = shared.loop;
  public final FakeSelector selector = new FakeSelector(this);
  public final FakeChannel socket;
  private final RaceRule rule;

  /** Filled in until the call is made of it. */
  public Calls.Builder request;

  public final ChannelRaceRegistry registry;
  public final ChannelEnvironment environment;

  /** How the connect has ended for other connects; null before that. */
  public ConnectOutcome outcome;

  /** How many timers of the race were set when it ended. */
  private int armed;

  /**
   * How many these are to be. A race cancels its timer; the one to load classes in a cold JVM stays
   * set, and so does one to tell an outcome once more.
   */
  int leftArmed;

  /** What the program was told; null for a connection, and before that. */
  IOException failure;

  /** How many of the calls fail by which a selector is told to look at a key again. */
  int failuresToTell;

  /** Whether the hooks that every select passes are switched on. */
  public boolean watching;

  private final List<AttemptLimiter.Permit> permits = new ArrayList<>();
  private ConnectCall call;
  private ChannelRace race;

  private final class RigSelectors implements Selectors {
    @Override
    public void setWatching(boolean on) {
      watching = on;
    }

    @Override
    public boolean queueUpdate(SelectionKey key) {
      if (failuresToTell > 0) {
        failuresToTell--;
        throw new OutOfMemoryError("no place in the queue");
      }
      return ((FakeKey) key).selector().queue((FakeKey) key);
    }
  }

  private ChannelRig(SocketKind kind, boolean redial, RaceRule rule, String... addresses) {
    socket = new FakeChannel(kind, network);
    socket.whenPolled = this::poll;
    this.rule = rule;
    request = request(addresses[0]).known(Ip.all(addresses));
    Selectors selectors = new RigSelectors();
    registry = new ChannelRaceRegistry(selectors);
    environment =
        new ChannelEnvironment(
            shared, selectors, registry, new ConnectedPeers(), redial, this::over);
  }

  private Calls.Builder request(String requested) {
    return Calls.to(requested).socket(socket).rule(rule).startedAt(network.now());
  }

  /** What was counted. */
  public Observer observer() {
    return shared.observer;
  }

  /** The call, which is made once. */
  public ConnectCall call() {
    if (call == null) {
      call = request.call();
    }
    return call;
  }

  /** In a selector of the program's. */
  public static ChannelRig selected(String... addresses) {
    return ruled(RaceRule.DEFAULT, addresses);
  }

  /** The same, by a rule of this delay in milliseconds and so many attempts in flight. */
  public static ChannelRig ruled(long delay, int maxInFlight, String... addresses) {
    long nanos = delay == NEVER ? RaceRule.DELAY_OFF : delay * MS;
    return ruled(
        new RaceRule(nanos, 1, maxInFlight, true, true, false, true, RaceRule.Scope.AUTO),
        addresses);
  }

  private static ChannelRig ruled(RaceRule rule, String... addresses) {
    return new ChannelRig(SocketKind.CHANNEL, false, rule, addresses);
  }

  /** The same, where winners are dialled again. */
  public static ChannelRig redialled(String... addresses) {
    return new ChannelRig(SocketKind.CHANNEL, true, RaceRule.DEFAULT, addresses);
  }

  /** Of an asynchronous channel. */
  static ChannelRig async(String... addresses) {
    return new ChannelRig(SocketKind.ASYNC, false, RaceRule.DEFAULT, addresses);
  }

  static ChannelRig asyncRedialled(String... addresses) {
    return new ChannelRig(SocketKind.ASYNC, true, RaceRule.DEFAULT, addresses);
  }

  public ChannelRig accepts(String address, long ms) {
    network.accepts(address, ms);
    return this;
  }

  public ChannelRig refuses(String address, long ms) {
    network.fails(address, ms, new ConnectException("Connection refused"));
    return this;
  }

  /** The name's addresses are not known before this time. */
  ChannelRig looksUp(long ms, String... addresses) {
    PendingLookup pending = new PendingLookup(network);
    request.known(new KnownAddresses.Pending(pending.lookup));
    if (ms != NEVER) {
      network.at(ms, () -> pending.answer(addresses));
    }
    return this;
  }

  /** The program gave a name only, so not even the first address is known before this time. */
  ChannelRig unresolved(long ms, String... addresses) {
    request = request(null);
    return looksUp(ms, addresses);
  }

  /** The program connects its channel and waits for it. */
  public ChannelRig connect() {
    if (begin().equals("pending")) {
      await();
    }
    return this;
  }

  /** The program connects its channel: what it is told at once. */
  public String begin() {
    socket.remote = call().remote();
    race = new ChannelRace(call, StandardProtocolFamily.INET6, socket.descriptor, environment);
    try {
      int result = race.start(call.remote().getAddress());
      return result == HeHook.PENDING ? "pending" : "left to the JDK";
    } catch (IOException e) {
      return told(e);
    }
  }

  /** The program registers its channel, or its group begins to poll it. */
  public FakeKey await() {
    if (socket.kind == SocketKind.ASYNC) {
      poll();
      return null;
    }
    FakeKey key = new FakeKey(selector);
    selector.queue(key);
    socket.keys.add(key);
    selector.pass();
    return key;
  }

  /** A group polls once for the outcome. */
  private void poll() {
    long at = answersAt();
    if (at != FakeNetwork.NEVER) {
      network.schedule(Math.max(at, network.now()), this::event);
    }
  }

  private void event() {
    if (socket.connecting && !environment.isSwallowed(socket.descriptor, null, saysConnected())) {
      finishConnect();
    }
  }

  /** The program asks for the outcome, and writes down what it is told. */
  public void finishConnect() {
    say(ask());
  }

  String ask() {
    ChannelRaceRegistry.Race pending = race();
    try {
      if (pending != null && pending.pollOrWait() == HeHook.PENDING) {
        return "still pending";
      }
      if (!network.isConnected(socket.descriptor)) {
        return "still pending, says the system";
      }
      socket.connecting = false;
      return "told connected to " + peer();
    } catch (IOException e) {
      return told(e);
    }
  }

  private String told(IOException failure) {
    socket.close();
    this.failure = failure;
    return "told " + failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private String peer() {
    InetAddress connected = network.dial(socket.descriptor).address();
    assertEquals(connected, socket.remote.getAddress(), "as the program is told");
    return connected.getHostAddress();
  }

  /** The program closes its channel at this time. */
  public ChannelRig closes(long ms) {
    network.at(ms, this::close);
    return this;
  }

  void close() {
    if (!socket.open) {
      return;
    }
    say("close");
    socket.keys.forEach(SelectionKey::cancel);
    ChannelRaceRegistry.Race pending = race();
    if (pending != null) {
      pending.cancel();
    }
    socket.close();
  }

  /** Other races take all the permits that are left. */
  void takePermits() {
    for (AttemptLimiter.Permit permit; (permit = shared.limiter.take(null)) != null; ) {
      permits.add(permit);
    }
  }

  void giveBackPermits() {
    permits.forEach(shared.limiter::giveBack);
    permits.clear();
  }

  /** Lets time pass up to this moment, all that happens then included. */
  public ChannelRig through(long ms) {
    network.park(this, (ms - network.ms()) * MS);
    return this;
  }

  /** Within a minute this happens and nothing else, and nothing is left behind. */
  public static void happens(ChannelRig rig, String... lines) {
    rig.through(60_000);
    assertEquals(List.of(lines), rig.network.log);
    rig.checkNothingIsLeft(rig.network.log.toString());
  }

  /**
   * Within a minute this happens; then, at this millisecond, a sibling is adopted and its program
   * told; and nothing else.
   */
  static void adopts(ChannelRig rig, long ms, String winner, String... before) {
    adopts(rig, ms, ms, winner, before);
  }

  /** The same, where the program is told later, because it has not waited at that time. */
  static void adopts(ChannelRig rig, long ms, long told, String winner, String... before) {
    List<String> lines = new ArrayList<>(List.of(before));
    lines.add(ms + " adopt " + winner);
    lines.add(ms + " close " + winner);
    lines.add(ms + " over");
    if (told == ms && rig.socket.kind != SocketKind.ASYNC) {
      lines.add(ms + " wake up");
    }
    lines.add(told + " told connected to " + winner);
    happens(rig, lines.toArray(new String[0]));
  }

  void checkNothingIsLeft(String what) {
    assertEquals(network.opened, network.closed, "side sockets: " + what);
    assertNull(race(), "races: " + what);
    assertEquals(leftArmed, armed, "timers: " + what);
    registry.tidy();
    assertFalse(watching, "hooks: " + what);
    assertNotNull(outcome, "its ticket is given back: " + what);
    takePermits();
    assertEquals(LIMIT, permits.size(), "permits: " + what);
    giveBackPermits();
  }

  private void over(ConnectCall over, ConnectOutcome how) {
    assertEquals(call, over);
    assertNull(outcome, "told once");
    outcome = how;
    armed = loop.armed();
    say("over");
  }

  public void say(String what) {
    network.say(what, null);
  }

  public ChannelRaceRegistry.Race race() {
    return registry.get(socket.descriptor);
  }

  /** The open file description under the channel's number: dup2 replaces it. */
  public Object description() {
    return network.log.stream().filter(line -> line.contains(" adopt ")).count();
  }

  /** When the channel's own descriptor has, or had, an event. */
  public long answersAt() {
    FakeNetwork.Dial dial = network.dial(socket.descriptor);
    // A socket that has never been dialled hangs up at once.
    return dial == null ? network.now() : dial.answersAt();
  }

  /** Whether that event says by itself that it is connected. */
  public boolean saysConnected() {
    FakeNetwork.Dial dial = network.dial(socket.descriptor);
    return dial != null && dial.failure() == null;
  }
}
