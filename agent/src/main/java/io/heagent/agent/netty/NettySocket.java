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
import sun.nio.ch.HeOptions;

/**
 * A channel of Netty's epoll transport while it connects. Its monitor keeps the descriptor from
 * being closed while something is done to it.
 */
final class NettySocket implements ForeignSocket, EventLoopTasks.Channel {

  private static final int SOL_SOCKET = 1;
  private static final int SO_DOMAIN = 39;
  private static final int AF_INET = 2;

  /** Netty's objects: the channel and its {@code Socket}. */
  final Object channel;

  final Object socket;
  final int number;
  final Registration registration;

  private final NettyMethods methods;
  private final EventLoopTasks tasks;
  private final FileDescriptor descriptor;
  private final boolean ipv4Only;

  /** Null until it is admitted. Written by the event loop before anybody else sees this. */
  ForeignConnect connect;

  /** Whether the race has begun. Of the event loop only. */
  boolean started;

  /** Whether Netty has been told the outcome, or has closed it. Written under the monitor. */
  private volatile boolean over;

  /**
   * The thread that asks Netty's own methods for the race, and is not to come to the race again.
   */
  private volatile Thread asking;

  NettySocket(ForeignConnects connects, Object channel, Object socket, NettyMethods methods)
      throws IOException {
    this.channel = channel;
    this.socket = socket;
    this.methods = methods;
    this.number = methods.number(socket);
    this.registration = new Registration(number);
    this.tasks = new EventLoopTasks(this, new Timers(connects));
    this.descriptor = HeEpoll.descriptor(number);
    this.ipv4Only = HeOptions.get(descriptor, SOL_SOCKET, SO_DOMAIN) == AF_INET;
  }

  /**
   * Whether a race's sockets are of the same kind, and it is bound to nothing: a second one cannot
   * be bound beside it, as Netty does not tell of every port that it was given. With
   * IP_BIND_ADDRESS_NO_PORT it has an address and no port. One with keys for TCP_MD5SIG is not, as
   * they cannot be read back for a sibling.
   */
  boolean isFit() throws IOException {
    InetSocketAddress local = localAddress();
    return !methods.isSigned(channel)
        && (ipv4Only || HeEpoll.isIpv6Available())
        && local.getPort() == 0
        && local.getAddress().isAnyLocalAddress();
  }

  /** Whether this thread asks on behalf of the race. */
  boolean isAsking() {
    return asking == Thread.currentThread();
  }

  /**
   * Netty's method that connects is left. Where the channel was connecting before, and that has
   * failed, Netty wants the same events as then and so has registered nothing: has it do so.
   */
  void left() {
    if (started && !over && !registration.isKnown()) {
      try {
        methods.registerAgain(channel);
      } catch (IOException | RuntimeException e) {
        // The race finds no sibling fit; the requested address is connected all the same.
        Faults.ignored(e);
      }
    }
    connect.left();
  }

  /** See {@link Registration#hush}. */
  synchronized void hush() {
    if (!over) {
      registration.hush();
    }
  }

  /** Its connect is through, maybe by another description than the one that Netty has asked. */
  void connected() {
    try {
      methods.setLocal(channel, localAddress());
    } catch (IOException | RuntimeException e) {
      // It tells another local address than it has.
      Faults.ignored(e);
    }
  }

  /** Netty has the outcome, or closes it. */
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
    // Netty closes its descriptors past this monitor, but says so inside it before: until then the
    // number is this channel's.
    if (over) {
      return false;
    }
    try {
      step.run();
      return true;
    } catch (Registration.NotRegisteredException closing) {
      Faults.ignored(closing);
      return false;
    }
  }

  @Override
  public boolean dial(InetAddress address, int port) throws IOException {
    asking = Thread.currentThread();
    try {
      return methods.connect(socket, new InetSocketAddress(address, port));
    } finally {
      asking = null;
    }
  }

  @Override
  public boolean isDialled() throws IOException {
    if (!HeEpoll.hasOutcome(descriptor)) {
      // Netty's method takes a connect without an error so far for one that is through.
      return false;
    }
    asking = Thread.currentThread();
    try {
      return methods.finishConnect(socket);
    } finally {
      asking = null;
    }
  }

  @Override
  public void replaceBy(FileDescriptor winner) throws IOException {
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
