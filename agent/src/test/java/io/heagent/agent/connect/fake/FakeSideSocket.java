package io.heagent.agent.connect.fake;

import io.heagent.agent.connect.socket.FallbackSocket;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;

/** A socket of a {@link FakeNetwork}. */
final class FakeSideSocket implements FallbackSocket {

  private final FakeNetwork network;
  private final FileDescriptor fd = new FileDescriptor();
  private boolean open = true;

  /** The thread that connects this one, blocking; null for none. */
  private LockstepThread connecting;

  FakeSideSocket(FakeNetwork network) {
    this.network = network;
  }

  @Override
  public boolean connect(InetSocketAddress to) throws IOException {
    if (network.faultToConnect != null) {
      Error fault = network.faultToConnect;
      network.faultToConnect = null;
      throw fault;
    }
    return network.connect(fd, to.getAddress());
  }

  @Override
  public boolean finishConnect() throws IOException {
    return network.isConnected(fd);
  }

  @Override
  public void awaitConnect(InetSocketAddress to) throws IOException {
    if (network.dial(fd) == null && connect(to)) {
      return;
    }
    connecting = LockstepThread.current();
    long answersAt = network.dial(fd).answersAt();
    if (answersAt != FakeNetwork.NEVER) {
      network.schedule(answersAt, connecting::resume);
    }
    connecting.pause();
    connecting = null;
    if (!open) {
      throw new AsynchronousCloseException();
    }
    network.isConnected(fd);
  }

  @Override
  public boolean isConnected() throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    return network.isConnected(fd);
  }

  @Override
  public void configureBlocking(boolean block) {
    network.setMode(fd, block);
  }

  @Override
  public boolean isBlocking() {
    return network.isBlocking(fd);
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public FileDescriptor descriptor() {
    return fd;
  }

  @Override
  public int number() {
    return network.number;
  }

  @Override
  public SelectableChannel channel() {
    throw new UnsupportedOperationException("no channel");
  }

  @Override
  public String carryChangedOptions() {
    network.whileCarrying.run();
    return network.lostOption;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      network.closed++;
      FakeNetwork.Dial dial = network.dial(fd);
      network.say("close", dial == null ? null : dial.address());
      if (connecting != null) {
        connecting.resume();
      }
      if (network.failureToClose != null) {
        throw network.failureToClose;
      }
    }
  }
}
