package io.heagent.agent.connect;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Map;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeSocket;

/** An attempt on a channel of its own, non-blocking and polled by the racing thread. */
class SideAttempt extends Attempt {

  final ConnectCall call;
  final boolean ipv4Only;

  /** Opened by start, closed by close; owned by nobody else at any time. */
  private SocketChannel channel;

  /** What it has in common with the program's socket as that was when this attempt began. */
  private Map<SocketOption<?>, Object> options = Map.of();

  /** Given back by close. */
  private final SynBudget.Permit permit;

  SideAttempt(ConnectCall call, InetAddress address, boolean ipv4Only, SynBudget.Permit permit) {
    super(address);
    this.call = call;
    this.ipv4Only = ipv4Only;
    this.permit = permit;
  }

  @Override
  void start() throws IOException {
    open().configureBlocking(false);
    channel.connect(nameless());
  }

  /** A new channel with the program's options and, where the program bound its own, its address. */
  final SocketChannel open() throws IOException {
    channel = HeJdk.openChannel(ipv4Only);
    options = SocketOptions.copy(call.impl, channel, ipv4Only);
    if (call.local != null) {
      channel.bind(new InetSocketAddress(call.local, 0));
    }
    return channel;
  }

  /** The address without its name: literals are left alone by our own hooks. */
  final InetSocketAddress nameless() throws IOException {
    return new InetSocketAddress(Nameless.of(address), call.port);
  }

  @Override
  boolean isConnected() throws IOException {
    // Not finishConnect: nobody but the winner's new owner needs the local address, which costs two
    // system calls; and a channel that does not count as connected is never shut down by close.
    return HeJdk.pollConnectNow(descriptor());
  }

  /** Whether its descriptor is in this mode. */
  final boolean isBlocking() {
    return channel.isBlocking();
  }

  /** Sets what the program has set, and what it has set since this attempt began. */
  final void carryChangedOptions() {
    SocketOptions.copyChanged(call.impl, channel, ipv4Only, options);
  }

  final SocketChannel channel() {
    return channel;
  }

  @Override
  final FileDescriptor descriptor() {
    return HeSocket.descriptor(channel);
  }

  @Override
  boolean isPollable() {
    return channel.isOpen();
  }

  @Override
  void close() {
    SynBudget.OF_PROCESS.giveBack(permit);
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // close(2) has given the descriptor back in any case (Linux), and the connection is unused.
        Failures.ignored(e);
      }
    }
  }
}
