package io.heagent.agent.netty;

import io.heagent.agent.connect.ForeignConnects;
import io.heagent.agent.connect.foreign.ForeignConnect;
import io.heagent.agent.connect.foreign.ForeignSocket;
import io.heagent.agent.log.Faults;
import io.heagent.agent.netty.channel.EventLoopTasks;
import io.heagent.agent.netty.channel.NettyMethods;
import io.heagent.agent.netty.channel.OwnConnect;
import io.heagent.agent.netty.channel.Registration;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
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
final class NettySocket implements ForeignSocket, EventLoopTasks.Channel, Racers.Racer {

  final Registration registration;

  private final NettyHook hook;

  /** Netty's objects: the channel and its {@code Socket}. */
  private final Object channel;

  private final Object socket;
  private final Integer number;
  private final long order;
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
    this.order = hook.racers().nextOrder();
    this.registration = new Registration(number, methods, hook.untold());
    this.tasks = new EventLoopTasks(this, new Timers(connects));
    this.descriptor = HeEpoll.descriptor(number);
    this.own = new OwnConnect(methods, socket, descriptor);
    this.ipv4Only = !methods.isIpv6(socket);
  }

  /**
   * Whether the channel can be raced. A fallback socket must be of the same kind. The channel must
   * not be bound, because a fallback socket cannot be bound to the same port: Netty does not report
   * every port that it was given, and with IP_BIND_ADDRESS_NO_PORT the channel has an address and
   * no port. The system is asked only if Netty has a local address of the channel: otherwise Netty
   * has neither bound nor connected the channel before. A channel with keys for TCP_MD5SIG is not
   * raced, because they cannot be read back for a fallback socket.
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
    try {
      if (started && !over && !registration.isKnown()) {
        learnRegistration();
      }
    } finally {
      connect.left();
    }
  }

  private void learnRegistration() {
    try {
      methods.registerAgain(channel);
    } catch (IOException | RuntimeException | Error e) {
      Faults.ignored(e);
    }
    if (!registration.isKnown()) {
      // No sibling's connection could be handed over, so the race ends here, and the connect on the
      // channel's own descriptor goes on. If that has failed already, no event may tell Netty, so
      // the event loop is made to ask for the outcome.
      try {
        connect.cancel();
      } finally {
        tasks.run(new Asking(this));
      }
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
      methods.setLocal(channel, localAddress());
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
    if (over || hook.racers().isLost(this)) {
      return false;
    }
    try {
      step.run();
      return true;
    } catch (Registration.NotRegisteredException closing) {
      Faults.ignored(closing);
      // If the channel is not being closed, Netty asks for the outcome, and is told the failure.
      askNow();
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
    try {
      registration.replace(winner, descriptor);
    } finally {
      if (registration.isGone()) {
        registerLater();
      }
    }
  }

  /**
   * Has the event loop register the descriptor again. Until that succeeds, Netty has no event of
   * it.
   */
  private void registerLater() {
    try {
      tasks.runLater(new Asking(this));
    } catch (RuntimeException | Error unexpected) {
      // When the race ends, it has the event loop ask for the outcome, which registers the
      // descriptor again.
      Faults.unexpected(unexpected);
    }
  }

  @Override
  public void askForOutcome() {
    if (registration.isOfThisThread()) {
      askNow();
      return;
    }
    try {
      tasks.run(new Asking(this));
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      askNow();
    }
  }

  /** Has Netty's event loop ask for the outcome; if that fails, later. Any thread. */
  private void askNow() {
    try {
      pollAgain();
    } catch (IOException | RuntimeException | Error e) {
      Faults.ignored(e);
      tasks.runLater(new Asking(this));
    }
  }

  private synchronized void pollAgain() throws IOException {
    if (over) {
      return;
    } else if (hook.racers().isLost(this)) {
      throw new Registration.NotRegisteredException();
    }
    registration.pollAgain();
  }

  /**
   * Has the event loop ask for the outcome. Called without the monitor of a race. If the agent's
   * own call of epoll_ctl(2) fails, this has Netty register the channel's events by its own call,
   * which cannot fail for the same reason. Netty allows that on the channel's event loop only.
   *
   * @throws IOException if neither was possible
   */
  private void ask() throws IOException {
    try {
      pollAgain();
    } catch (IOException | RuntimeException | Error e) {
      Faults.ignored(e);
      if (over) {
        return;
      } else if (!isInItsLoop()) {
        throw e;
      }
      methods.registerAgain(channel);
    }
  }

  /**
   * Whether this thread is the event loop of the channel. {@link #isOnItsThread} also holds on the
   * event loop that watched the channel last, after the program has registered it with another one.
   */
  private boolean isInItsLoop() {
    return registration.isOfThisThread() && methods.isInEventLoop(channel);
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
  public void abandoned() throws IOException {
    try {
      connect.cancel();
    } catch (RuntimeException | Error unexpected) {
      // The race is not cancelled, but the event loop asks it for its outcome all the same.
      Faults.unexpected(unexpected);
    }
    ask();
  }

  private record Asking(NettySocket socket) implements Runnable {
    @Override
    public void run() {
      try {
        socket.ask();
      } catch (IOException e) {
        if (socket.isInItsLoop()) {
          throw new UncheckedIOException(e);
        }
        // The program has taken the channel out of this event loop. The event loop with which it
        // registers the channel next is to ask.
        socket.tasks.runLater(this);
      }
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
