package io.heagent.agent.netty;

import io.heagent.agent.connect.ForeignConnects;
import io.heagent.agent.connect.foreign.ForeignConnect;
import io.heagent.agent.connect.foreign.ForeignSocket;
import io.heagent.agent.log.Faults;
import io.heagent.agent.netty.channel.ChannelFacts;
import io.heagent.agent.netty.channel.EventLoopTasks;
import io.heagent.agent.netty.channel.NettyMethods;
import io.heagent.agent.netty.channel.OutcomeRequest;
import io.heagent.agent.netty.channel.OwnConnect;
import io.heagent.agent.netty.channel.Registration;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import sun.nio.ch.HeEpoll;

/**
 * A channel of Netty's epoll transport while it connects. Its monitor keeps the descriptor from
 * being closed while the race operates on it. What it says of itself is in {@link ChannelFacts},
 * the connect on its own descriptor in {@link OwnConnect}, and how Netty comes to ask for the
 * outcome in {@link OutcomeRequest}.
 */
final class NettySocket implements ForeignSocket, OutcomeRequest.Connecting, Racers.Racer {

  final Registration registration;

  private final NettyHook hook;

  /** Netty's objects: the channel and its {@code Socket}. */
  private final Object channel;

  private final Object socket;
  private final Integer number;
  private final long order;
  private final NettyMethods methods;
  private final OutcomeRequest outcome;
  private final FileDescriptor descriptor;
  private final OwnConnect own;
  private final ChannelFacts facts;

  /**
   * Null until the connect is admitted. Written by the event loop before any other thread sees this
   * object.
   */
  private ForeignConnect connect;

  /** Whether the race has begun. Only the event loop uses it. */
  private boolean started;

  /**
   * Whether a winner's connection has taken the place of the channel's own. Written under the
   * race's monitor; the event loop reads it after it has been told the outcome under that monitor.
   */
  private boolean replaced;

  /** Whether Netty has the outcome, or has closed the channel. Written under the monitor. */
  private volatile boolean over;

  NettySocket(
      NettyHook hook, ForeignConnects connects, Object channel, Object socket, NettyMethods methods)
      throws IOException {
    this.hook = hook;
    this.channel = channel;
    this.socket = socket;
    this.methods = methods;
    this.number = methods.number(socket);
    this.order = hook.racers().nextOrder();
    this.registration = new Registration(number, methods, hook.untold());
    this.outcome = new OutcomeRequest(this, channel, methods, registration, new Timers(connects));
    this.descriptor = HeEpoll.descriptor(number);
    this.own = new OwnConnect(methods, socket, descriptor);
    this.facts = new ChannelFacts(methods, channel, socket, descriptor);
  }

  /**
   * Asks for the connect to be raced. Called once, by the event loop.
   *
   * @return whether it is; if not, Netty is to connect by itself
   */
  boolean admit(ForeignConnects connects, InetSocketAddress target) throws IOException {
    connect = facts.isFit() ? connects.begin(this, target) : null;
    return connect != null;
  }

  /** The connect, once it has been admitted. */
  ForeignConnect connect() {
    return connect;
  }

  /**
   * Called when Netty reaches its own dial. Only the event loop calls it.
   *
   * @return false if the race has begun already
   */
  boolean startOnce() {
    boolean first = !started;
    started = true;
    return first;
  }

  /** Whether this thread calls Netty for the race. */
  boolean isAsking() {
    return own.isAsking();
  }

  /**
   * Called when Netty's connecting method returns or throws. If an earlier connect of the channel
   * has failed, Netty wants the same events as before and has registered nothing, so this has Netty
   * register them.
   */
  void left() {
    try {
      if (started && !over && !registration.isKnown()) {
        outcome.learnRegistration();
      }
    } finally {
      connect.left();
    }
  }

  /** See {@link OwnConnect#failure}. */
  IOException ownFailure() {
    return own.failure();
  }

  /** See {@link Registration#hush}. */
  synchronized void hush() {
    if (!over && !hook.racers().isLost(this)) {
      registration.hush();
    }
  }

  /**
   * Called when the connect has succeeded. Netty has asked for the local address when the connect
   * began. If the descriptor has another connection since, this sets the channel's local address
   * anew.
   */
  void connected() {
    if (!replaced && !own.isDialledAgain()) {
      return;
    }
    try {
      methods.setLocal(channel, facts.localAddress());
    } catch (IOException | RuntimeException e) {
      // The channel goes on to report the local address of the connection that was replaced.
      Faults.ignored(e);
    }
  }

  @Override
  public Integer number() {
    return number;
  }

  @Override
  public Object channel() {
    return channel;
  }

  @Override
  public Object socket() {
    return socket;
  }

  @Override
  public long order() {
    return order;
  }

  /** Called when Netty has the outcome, or closes the channel. */
  @Override
  public synchronized void over() {
    over = true;
  }

  @Override
  public FileDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public boolean isOpen() {
    return !over;
  }

  @Override
  public boolean isConnecting() {
    return !over;
  }

  @Override
  public boolean isIpv4Only() {
    return facts.isIpv4Only();
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    return facts.option(option);
  }

  @Override
  public InetSocketAddress localAddress() throws IOException {
    return facts.localAddress();
  }

  @Override
  public synchronized boolean ifConnecting(Step step) throws IOException {
    // Netty does not take this monitor to close a descriptor, but calls {@link #over} before; until
    // then the number is this channel's.
    if (over || hook.racers().isLost(this)) {
      return false;
    }
    try {
      step.run();
      return true;
    } catch (Registration.NotRegisteredException closing) {
      Faults.ignored(closing);
      // If the channel is not being closed, Netty asks for the outcome, and is told the failure.
      outcome.makeNow();
      return false;
    }
  }

  @Override
  public boolean isBegun() throws IOException {
    return own.isBegun();
  }

  @Override
  public boolean dial(InetAddress address, int port) throws IOException {
    return own.dial(new InetSocketAddress(address, port));
  }

  @Override
  public boolean isDialled() throws IOException {
    return own.isConnected();
  }

  @Override
  public void replaceBy(FileDescriptor winner) throws IOException {
    replaced = true;
    try {
      registration.replace(winner, descriptor);
    } finally {
      if (registration.isGone()) {
        outcome.makeLater();
      }
    }
  }

  @Override
  public void askForOutcome() {
    outcome.make();
  }

  @Override
  public synchronized void pollAgain() throws IOException {
    if (over) {
      return;
    } else if (hook.racers().isLost(this)) {
      throw new Registration.NotRegisteredException();
    }
    registration.pollAgain();
  }

  @Override
  public void onOwnThread(Runnable task) {
    outcome.onOwnThread(task);
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void giveUp() {
    connect.cancel();
  }

  private record Timers(ForeignConnects connects) implements EventLoopTasks.Timers {
    @Override
    public void soon(Runnable task) {
      connects.soon(task);
    }

    @Override
    public void later(long nanos, Runnable task) {
      connects.later(nanos, task);
    }
  }
}
