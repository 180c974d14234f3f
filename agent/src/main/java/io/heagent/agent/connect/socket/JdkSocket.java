package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.call.SocketKind;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import sun.nio.ch.HeAsync;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeSelectable;
import sun.nio.ch.HeSocket;

/**
 * The JDK's object that owns the program's descriptor. The agent reads and writes it through the
 * bridge.
 */
public class JdkSocket implements ProgramSocket {

  /** A NioSocketImpl, SocketChannelImpl or UnixAsynchronousSocketChannelImpl. */
  private final Object impl;

  private JdkSocket(Object impl) {
    this.impl = impl;
  }

  /** A channel whose adaptor connects: the one kind that the JDK's object does not tell. */
  private static final class OfAdaptor extends JdkSocket {

    OfAdaptor(Object impl) {
      super(impl);
    }

    @Override
    public SocketKind kind() {
      return SocketKind.ADAPTOR;
    }
  }

  /**
   * Makes the socket. The return type is the interface, because the caller's class is loaded at
   * start: its verification must not load this class, which only a connect needs.
   *
   * @param kind one of {@code HeHook.SOCKET}, {@code CHANNEL}, {@code ADAPTOR}, {@code ASYNC}
   */
  public static ProgramSocket of(int kind, Object impl) {
    return kind == HeHook.ADAPTOR ? new OfAdaptor(impl) : new JdkSocket(impl);
  }

  @Override
  public SocketKind kind() {
    if (impl instanceof SocketChannel) {
      return SocketKind.CHANNEL;
    }
    return HeSocket.isAsync(impl) ? SocketKind.ASYNC : SocketKind.SOCKET;
  }

  @Override
  public boolean isOpen() {
    return HeSocket.isOpen(impl);
  }

  @Override
  public boolean isConnecting() {
    return HeSocket.isConnecting(impl);
  }

  @Override
  public boolean isIpv4Only() {
    return HeSocket.isIpv4Only(impl);
  }

  @Override
  public boolean isNonBlocking() {
    SocketKind kind = kind();
    return kind == SocketKind.ASYNC
        || (kind == SocketKind.CHANNEL && !((SocketChannel) impl).isBlocking());
  }

  @Override
  public boolean hasBlockingDescriptor() {
    SocketKind kind = kind();
    if (kind == SocketKind.SOCKET) {
      return !HeSocket.isNonBlocking(impl);
    }
    return kind == SocketKind.CHANNEL && !HeSocket.isForcedNonBlocking(impl);
  }

  @Override
  public FileDescriptor descriptor() {
    return HeSocket.descriptor(impl);
  }

  @Override
  public boolean isBound() {
    return HeSocket.isBound(impl);
  }

  @Override
  public InetSocketAddress localAddress() throws IOException {
    return HeJdk.localAddress(descriptor());
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    return HeSocket.option(impl, option);
  }

  @Override
  public boolean setRemote(InetSocketAddress remote) {
    synchronized (HeSocket.stateLock(impl)) {
      boolean connecting = isConnecting();
      if (connecting) {
        HeSocket.setRemote(impl, remote);
      }
      return connecting;
    }
  }

  @Override
  public boolean setRemote(InetAddress address, int port) {
    if (kind() != SocketKind.SOCKET) {
      return setRemote(new InetSocketAddress(address, port));
    }
    synchronized (HeSocket.stateLock(impl)) {
      boolean connecting = isConnecting();
      if (connecting) {
        HeSocket.setRemote(impl, address);
      }
      return connecting;
    }
  }

  @Override
  public boolean ifConnecting(Step step) throws IOException {
    if (kind() != SocketKind.ASYNC) {
      return locked(step);
    }
    // The close of an asynchronous channel takes the channel's closeLock first, so this holds that
    // lock to keep a close out.
    try {
      HeAsync.hold(impl);
    } catch (ClosedChannelException closed) {
      return false;
    }
    try {
      return locked(step);
    } finally {
      HeAsync.release(impl);
    }
  }

  private boolean locked(Step step) throws IOException {
    // A close takes the same lock. Without it, a close could free the program's descriptor number
    // between the check and the step, and the system could give that number to another file, which
    // the step would then overwrite.
    synchronized (HeSocket.stateLock(impl)) {
      boolean connecting = isConnecting();
      if (connecting) {
        step.run();
      }
      return connecting;
    }
  }

  @Override
  public boolean dial(ProtocolFamily family, FileDescriptor fd, InetAddress address, int port)
      throws IOException {
    return HeJdk.connect(family, fd, address, port) == HeHook.CONNECTED;
  }

  @Override
  public boolean isDialled(FileDescriptor fd) throws IOException {
    return HeJdk.pollConnectNow(fd);
  }

  @Override
  public void replaceBy(FileDescriptor winner) throws IOException {
    HeJdk.dup2(winner, descriptor());
  }

  @Override
  public List<SelectionKey> keys() {
    return HeSelectable.keys(impl);
  }

  @Override
  public void pollAsync() {
    HeAsync.poll(impl);
  }
}
