package io.heagent.agent.connect.foreign;

import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;

/** A library's channel on a {@link FakeNetwork}, whose event loop runs as time passes. */
final class FakeForeign implements ForeignSocket {

  final FakeProgramSocket own;
  private final FakeNetwork network;

  /** Asks for the outcome, on the event loop. */
  Runnable whenAsked = () -> {};

  /** Whether the library dials before the race does. */
  boolean begun;

  /** Whether the system tells nothing of the descriptor. */
  boolean unreadable;

  boolean ipv4Only;
  InetSocketAddress local;
  Object option;

  /** What a dial throws; null for nothing. */
  RuntimeException broken;

  FakeForeign(FakeNetwork network) {
    this.network = network;
    own = new FakeProgramSocket(SocketKind.ASYNC, network);
    own.blockingDescriptor = false;
  }

  @Override
  public FileDescriptor descriptor() {
    return own.descriptor;
  }

  @Override
  public boolean isOpen() {
    return own.open;
  }

  @Override
  public boolean isConnecting() {
    return own.connecting;
  }

  @Override
  public boolean isIpv4Only() {
    return ipv4Only;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T option(SocketOption<T> wanted) {
    return (T) option;
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public boolean ifConnecting(Step step) throws IOException {
    return own.ifConnecting(step::run);
  }

  @Override
  public boolean isBegun() throws IOException {
    if (unreadable) {
      throw new IOException("unreadable");
    }
    return begun;
  }

  @Override
  public boolean dial(InetAddress address, int port) throws IOException {
    if (broken != null) {
      throw broken;
    }
    return own.dial(StandardProtocolFamily.INET6, own.descriptor, address, port);
  }

  @Override
  public boolean isDialled() throws IOException {
    return own.isDialled(own.descriptor);
  }

  @Override
  public void replaceBy(FileDescriptor winner) throws IOException {
    own.replaceBy(winner);
  }

  @Override
  public void askForOutcome() {
    onOwnThread(whenAsked);
  }

  @Override
  public void onOwnThread(Runnable task) {
    network.schedule(network.now(), task);
  }
}
