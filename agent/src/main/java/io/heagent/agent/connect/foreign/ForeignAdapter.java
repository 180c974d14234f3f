package io.heagent.agent.connect.foreign;

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

/** Presents a library's channel to a race as the program's socket. */
public final class ForeignAdapter implements ProgramSocket {

  private final ForeignSocket socket;

  public ForeignAdapter(ForeignSocket socket) {
    this.socket = socket;
  }

  /**
   * ASYNC, because the race must have the library ask for the outcome, as it does with an
   * asynchronous channel's group.
   */
  @Override
  public SocketKind kind() {
    return SocketKind.ASYNC;
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public boolean isConnecting() {
    return socket.isConnecting();
  }

  @Override
  public boolean isIpv4Only() {
    return socket.isIpv4Only();
  }

  @Override
  public boolean isNonBlocking() {
    return true;
  }

  @Override
  public boolean hasBlockingDescriptor() {
    return false;
  }

  @Override
  public FileDescriptor descriptor() {
    return socket.descriptor();
  }

  /** Always false, because a library's channel that is bound is not raced. */
  @Override
  public boolean isBound() {
    return false;
  }

  @Override
  public InetSocketAddress localAddress() throws IOException {
    return socket.localAddress();
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    return socket.option(option);
  }

  /** Sets nothing, because the library asks the system for its peer. */
  @Override
  public boolean setRemote(InetSocketAddress remote) {
    return socket.isConnecting();
  }

  @Override
  public boolean ifConnecting(Step step) throws IOException {
    return socket.ifConnecting(step::run);
  }

  @Override
  public boolean dial(ProtocolFamily family, FileDescriptor fd, InetAddress address, int port)
      throws IOException {
    return socket.dial(address, port);
  }

  @Override
  public boolean isDialled(FileDescriptor fd) throws IOException {
    return socket.isDialled();
  }

  @Override
  public void replaceBy(FileDescriptor winner) throws IOException {
    socket.replaceBy(winner);
  }

  @Override
  public List<SelectionKey> keys() {
    return List.of();
  }

  @Override
  public void pollAsync() {
    socket.askForOutcome();
  }

  @Override
  public boolean isDecidedOnItsThread(Runnable end) {
    socket.onOwnThread(end);
    return true;
  }
}
