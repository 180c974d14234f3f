package io.heagent.agent.netty;

import io.heagent.agent.connect.ForeignConnects;
import io.heagent.agent.connect.foreign.ForeignConnect;
import io.heagent.agent.connect.foreign.ForeignSocket;
import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.util.concurrent.ExecutorService;
import sun.nio.ch.HeEpoll;
import sun.nio.ch.HeJdk;

/**
 * A channel of Netty's epoll transport while it connects. Its monitor keeps the descriptor from
 * being closed while the race operates on it.
 */
final class NettySocket implements ForeignSocket, EventLoopTasks.Channel {

  /** Netty's objects: the channel and its {@code Socket}. */
  final Object channel;

  final Object socket;
  final int number;
  final Registration registration;

  private final NettyHook hook;
  private final NettyMethods methods;
  private final EventLoopTasks tasks;
  private final FileDescriptor descriptor;
  private final OwnConnect own;
  private final boolean ipv4Only;

  /**
   * Null until the connect is admitted. Written by the event loop before any other thread sees this
   * object.
   */
  ForeignConnect connect;

  /** Whether the race has begun. Only the event loop uses it. */
  boolean started;

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
    this.registration = new Registration(number);
    this.tasks = new EventLoopTasks(this, new Timers(connects));
    this.descriptor = HeEpoll.descriptor(number);
    this.own = new OwnConnect(methods, socket, descriptor);
    this.ipv4Only = !methods.isIpv6(socket);
  }

  /**
   * Whether the channel can be raced. A fallback socket must be of the same kind. The channel must
   * not be bound, because a fallback socket cannot be bound to the same port: Netty does not report
   * every port that it was given, and with IP_BIND_ADDRESS_NO_PORT the channel has an address and
   * no port. The system is asked only where Netty has an address: what it has neither bound nor
   * connected before is not bound. A channel with keys for TCP_MD5SIG is not raced, because they
   * cannot be read back for a fallback socket.
   */
  boolean isFit() throws IOException {
    return !methods.isSigned(channel)
        && (ipv4Only || HeEpoll.isIpv6Available())
        && !(methods.hasLocal(channel) && isBound());
  }

  private boolean isBound() throws IOException {
    InetSocketAddress local = localAddress();
    return local.getPort() != 0 || !local.getAddress().isAnyLocalAddress();
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
    if (started && !over && !registration.isKnown()) {
      try {
        methods.registerAgain(channel);
      } catch (IOException | RuntimeException | Error e) {
        Faults.ignored(e);
      }
      if (!registration.isKnown()) {
        // No sibling could be handed over; the requested address is connected all the same.
        connect.cancel();
      }
    }
    connect.left();
  }

  /** See {@link OwnConnect#failure}. */
  IOException ownFailure() throws IOException {
    return own.failure();
  }

  /** See {@link Registration#hush}. */
  synchronized void hush() {
    if (!over) {
      registration.hush();
    }
  }

  /**
   * Called when the connect has succeeded. If another connection has taken the place of the one
   * that Netty has asked for its local address, this sets the channel's local address.
   */
  void connected() {
    if (!replaced && !own.isDialledAgain()) {
      return;
    }
    try {
      methods.setLocal(channel, localAddress());
    } catch (IOException | RuntimeException e) {
      // The channel reports a local address that is not its own.
      Faults.ignored(e);
    }
  }

  /** Called when Netty has the outcome, or closes the channel. Waits for a step that is running. */
  synchronized void over() {
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
    return ipv4Only;
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    return HeEpoll.option(descriptor, ipv4Only, option);
  }

  @Override
  public InetSocketAddress localAddress() throws IOException {
    return HeJdk.localAddress(descriptor);
  }

  @Override
  public synchronized boolean ifConnecting(Step step) throws IOException {
    // Netty does not take this monitor to close a descriptor, but calls {@link #over} before; until
    // then the number is this channel's.
    if (over || hook.isAnyLost()) {
      return false;
    }
    try {
      step.run();
      return true;
    } catch (Registration.NotRegisteredException closing) {
      Faults.ignored(closing);
      // If the channel is not being closed, Netty asks for the outcome, and is told the failure.
      registration.pollAgain();
      return false;
    }
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
    registration.replace(winner, descriptor);
  }

  @Override
  public void askForOutcome() {
    if (registration.isOfThisThread()) {
      pollAgain();
    } else {
      tasks.run(new PollAgain(this));
    }
  }

  private synchronized void pollAgain() {
    if (!over) {
      registration.pollAgain();
    }
  }

  @Override
  public void onOwnThread(Runnable task) {
    tasks.run(task);
  }

  @Override
  public ExecutorService eventLoop() {
    return methods.eventLoop(channel);
  }

  @Override
  public boolean isOnItsThread() {
    return registration.isOfThisThread() && methods.isRegistered(channel);
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void abandoned() {
    connect.cancel();
    pollAgain();
  }

  private record PollAgain(NettySocket socket) implements Runnable {
    @Override
    public void run() {
      socket.pollAgain();
    }
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
