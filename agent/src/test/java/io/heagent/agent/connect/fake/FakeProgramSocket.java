package io.heagent.agent.connect.fake;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.call.SocketKind;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.nio.channels.SelectionKey;
import java.util.List;

/** A program's socket that connects until a test says otherwise. */
public class FakeProgramSocket implements ProgramSocket {

  public final SocketKind kind;
  public final FileDescriptor descriptor = new FileDescriptor();

  /** What it dials on; null for one that dials nothing. */
  private final FakeNetwork network;

  public boolean open = true;
  public boolean connecting = true;
  public boolean ipv4Only;
  public boolean nonBlocking;
  public boolean blockingDescriptor = true;
  InetSocketAddress local;

  /** How often it is to fail that it is asked whether it still connects. */
  public int failuresToAnswer;

  /** What it was told last; null before that. */
  public InetSocketAddress remote;

  public FakeProgramSocket() {
    this(SocketKind.SOCKET, null);
  }

  public FakeProgramSocket(SocketKind kind, FakeNetwork network) {
    this.kind = kind;
    this.network = network;
  }

  /** The program has bound it to this address. */
  public void bind(InetSocketAddress to) {
    local = to;
  }

  /** The program closes it. */
  public void close() {
    open = false;
    connecting = false;
  }

  @Override
  public SocketKind kind() {
    return kind;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isConnecting() {
    if (failuresToAnswer > 0) {
      failuresToAnswer--;
      throw new OutOfMemoryError("no answer");
    }
    return connecting;
  }

  @Override
  public boolean isIpv4Only() {
    return ipv4Only;
  }

  @Override
  public boolean isNonBlocking() {
    return nonBlocking;
  }

  @Override
  public boolean hasBlockingDescriptor() {
    return blockingDescriptor;
  }

  @Override
  public FileDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public boolean isBound() {
    return local != null;
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public <T> T option(SocketOption<T> option) {
    throw new UnsupportedOperationException(option.name());
  }

  @Override
  public boolean setRemote(InetSocketAddress address) {
    if (connecting) {
      remote = address;
    }
    return connecting;
  }

  @Override
  public boolean ifConnecting(Step step) throws IOException {
    if (connecting) {
      step.run();
    }
    return connecting;
  }

  @Override
  public boolean dial(ProtocolFamily family, FileDescriptor fd, InetAddress address, int port)
      throws IOException {
    assertFalse(network.isBlocking(fd), "would block until there is an answer");
    return network.connect(fd, address);
  }

  @Override
  public boolean isDialled(FileDescriptor fd) throws IOException {
    return network.isConnected(fd);
  }

  @Override
  public void replaceBy(FileDescriptor winner) throws IOException {
    network.duplicate(winner, descriptor);
  }

  @Override
  public List<SelectionKey> keys() {
    return List.of();
  }

  @Override
  public void pollAsync() {
    throw new UnsupportedOperationException("not asynchronous");
  }
}
