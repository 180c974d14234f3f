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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import sun.nio.ch.HeEpoll;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeOptions;

/**
 * A channel of Netty's epoll transport while it connects. Its monitor keeps the descriptor from
 * being closed while something is done to it.
 */
final class NettySocket implements ForeignSocket {

  private static final int EPOLLET = 1 << 31;

  private static final int SOL_SOCKET = 1;
  private static final int SO_DOMAIN = 39;
  private static final int AF_INET = 2;

  /** Netty's objects: the channel and its {@code Socket}. */
  final Object channel;

  final Object socket;
  final int number;

  private final ForeignConnects connects;
  private final NettyMethods methods;
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

  /**
   * Where Netty has registered it last, and for which events; -1 for nowhere. By the event loop.
   */
  private volatile int epoll = -1;

  private volatile int events;

  /** The event loop's, as far as is known. */
  private volatile Thread thread = Thread.currentThread();

  /** Whether the kernel has been told to say each thing once only. Of the event loop only. */
  private boolean quiet;

  NettySocket(ForeignConnects connects, Object channel, Object socket, NettyMethods methods)
      throws IOException {
    this.connects = connects;
    this.channel = channel;
    this.socket = socket;
    this.methods = methods;
    this.number = methods.number(socket);
    this.descriptor = HeEpoll.descriptor(number);
    this.ipv4Only = HeOptions.get(descriptor, SOL_SOCKET, SO_DOMAIN) == AF_INET;
  }

  /**
   * Whether a race's sockets are of the same kind, and it is bound to nothing: a second one cannot
   * be bound beside it, as Netty does not tell of every port that it was given. With
   * IP_BIND_ADDRESS_NO_PORT it has an address and no port.
   */
  boolean isFit() throws IOException {
    InetSocketAddress local = localAddress();
    return (ipv4Only || HeEpoll.isIpv6Available())
        && local.getPort() == 0
        && local.getAddress().isAnyLocalAddress();
  }

  /** Netty registers it, or changes for which events. */
  void registered(int epollDescriptor, int wanted) {
    thread = Thread.currentThread();
    epoll = epollDescriptor;
    events = wanted;
    quiet = false;
  }

  /** Whether this thread asks on behalf of the race. */
  boolean isAsking() {
    return asking == Thread.currentThread();
  }

  /**
   * The descriptor has failed while others are tried: an event that nobody heeds would come again
   * and again from an epoll descriptor that is level-triggered. On the event loop.
   */
  synchronized void hush() {
    if (quiet || over || epoll < 0 || (events & EPOLLET) != 0) {
      return;
    }
    try {
      quiet = true;
      HeEpoll.control(epoll, HeEpoll.MODIFY, number, events | EPOLLET);
    } catch (IOException e) {
      // Its event loop looks at it more often than it need.
      Faults.ignored(e);
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
    } catch (NotRegisteredException closing) {
      Faults.ignored(closing);
      return false;
    }
  }

  /**
   * Netty has taken it out of its event loop, as it does before it closes with SO_LINGER on another
   * thread.
   */
  private static final class NotRegisteredException extends IOException {
    private static final long serialVersionUID = 1L;
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
    if (epoll < 0 || Thread.currentThread() != thread) {
      throw new NotRegisteredException();
    }
    try {
      HeEpoll.control(epoll, HeEpoll.DELETE, number, 0);
    } catch (IOException gone) {
      throw new NotRegisteredException();
    }
    try {
      HeJdk.dup2(winner, descriptor);
    } finally {
      // Of whichever description it is now.
      HeEpoll.control(epoll, HeEpoll.ADD, number, events);
      quiet = false;
    }
  }

  @Override
  public void askForOutcome() {
    if (Thread.currentThread() == thread) {
      pollAgain();
    } else {
      onOwnThread(new PollAgain(this));
    }
  }

  /** Has the kernel look at the descriptor once more: its event has Netty ask. */
  private synchronized void pollAgain() {
    if (over || epoll < 0) {
      return;
    }
    try {
      quiet = false;
      HeEpoll.control(epoll, HeEpoll.MODIFY, number, events);
    } catch (IOException e) {
      // Taken out of its event loop: whoever puts it into another has it looked at.
      Faults.ignored(e);
    }
  }

  @Override
  public void onOwnThread(Runnable task) {
    connects.soon(new Handing(this, task));
  }

  /** To the event loop, outside of all monitors: that is the program's code. */
  private void hand(Runnable task) {
    try {
      Executor loop = methods.eventLoop(channel);
      loop.execute(task);
    } catch (RejectedExecutionException shutDown) {
      Faults.ignored(shutDown);
      connect.cancel();
    }
  }

  private record PollAgain(NettySocket socket) implements Runnable {
    @Override
    public void run() {
      socket.pollAgain();
    }
  }

  private record Handing(NettySocket socket, Runnable task) implements Runnable {
    @Override
    public void run() {
      socket.hand(task);
    }
  }
}
